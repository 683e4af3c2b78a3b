package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.standin.StandInProgram;
import dev.jcompose.linux.testing.HostSnapshot;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Commands that the engine runs for a process which is no JVM. */
@RequiresRoot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandInIT {
    private static final String FILE = """
            name: standin
            services:
              sleeper: {image: localhost/host, command: sleep 1000, init: true}
            """;

    private static final Path JAR = Jcompose.HOME.resolve("cli/target/jcompose.jar");

    private Path folder;
    private HostSnapshot before;
    private Jcompose jcompose;
    private Path program;

    @BeforeAll
    void up(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Files.writeString(folder.resolve("compose.yaml"), FILE);
        jcompose = Jcompose.in(folder);
        before = jcompose.snapshot();
        jcompose.ok("up", "-d");
        program = folder.resolve("stand-in");
        StandInProgram.write(program);
    }

    @AfterAll
    void leaveNothing() throws Exception {
        jcompose.leaveNothing(before);
    }

    /** Runs a script, in which {@code $jcompose} is what the launcher starts. */
    private String shell(String script) throws Exception {
        return shell(JAR, script);
    }

    private String shell(Path jar, String script) throws Exception {
        String prepared = "exec 9<" + folder.resolve("run") + "; jcompose='" + program + " " + jar + "'; " + script;
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", prepared))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("COMPOSE_PROJECT_NAME", "standin");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out;
    }

    @Test
    void theOutputIsTheProcesss() throws Exception {
        assertThat(shell("$jcompose ps --services; echo $?")).isEqualTo("sleeper\n0\n");
        assertThat(shell("$jcompose config --format json | head -c 20")).startsWith("{");
    }

    @Test
    void outputToAFileGoesWhereTheFilesOffsetIs() throws Exception {
        assertThat(shell("{ echo a; $jcompose ps --services; echo b; } >file; cat file"))
                .isEqualTo("a\nsleeper\nb\n");
    }

    @Test
    void errorsAndExitCodesAreTheCommands() throws Exception {
        assertThat(shell("$jcompose ps nosuch 2>&1 >/dev/null; echo $?")).isEqualTo("no such service: nosuch\n1\n");
        assertThat(shell("$jcompose ps --nosuch; echo $?"))
                .startsWith("unknown flag: --nosuch")
                .endsWith("\n1\n");
    }

    @Test
    void directoryVariablesAndTerminalAreTheProcesss() throws Exception {
        assertThat(shell("mkdir sub; cd sub; COMPOSE_PROJECT_NAME=other $jcompose config | head -1"))
                .isEqualTo("name: other\n");
        assertThat(shell("COLUMNS=60 $jcompose ps --help | wc -L")).matches("[45]\\d\n|60\n");
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() throws Exception {
        assertThat(shell("$jcompose ps >/dev/full; echo $?"))
                .startsWith("write to standard output: ")
                .contains("No space left on device")
                .endsWith("\n1\n");
    }

    @Test
    void declinesWhatChangesSomethingReadsInputOrIsOfAnotherBuild() throws Exception {
        for (String command : List.of("down", "exec sleeper true", "logs -f", "-f - config")) {
            assertThat(shell("$jcompose " + command + " </dev/null; echo $?")).isEqualTo("254\n");
        }
        assertThat(shell(Path.of("/other.jar"), "$jcompose ps; echo $?")).isEqualTo("254\n");
        assertThat(shell("umask 077; $jcompose ps; echo $?")).isEqualTo("254\n");
        assertThat(shell("$jcompose ps >&-; echo $?")).isEqualTo("254\n");
        assertThat(jcompose.ok("ps", "--services")).isEqualTo("sleeper\n");
    }
}
