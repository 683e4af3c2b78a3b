package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a command's own process does while the engine runs the command. */
@RequiresRoot
class WarmEngineIT extends AcceptanceScenario {
    private static final String FILE = """
            name: warm
            services:
              sleeper: {image: localhost/host, command: sleep 1000, init: true}
              ticker: {image: localhost/host, command: sh -c "while sleep 0.1; do echo tick; done", init: true}
            """;

    @BeforeEach
    void up() throws Exception {
        write(FILE);
        jcompose.ok("up", "-d");
    }

    @Test
    void theProcessLoadsNextToNothing() throws Exception {
        String out = loading("ps");

        assertThat(out).contains("warm-sleeper-1").contains("dev.jcompose.cli.delegate.Delegation");
        assertThat(out).doesNotContain("picocli").doesNotContain("snakeyaml").doesNotContain("dev.jcompose.engine");
    }

    @Test
    void aProcessThatWouldMakeFilesDifferentlyRunsTheCommandItself() throws Exception {
        String out = shell("umask 077; exec \"$0\" config -o made.yaml");

        assertThat(out).contains("picocli");
        assertThat(Files.getPosixFilePermissions(folder.resolve("made.yaml"))).hasSize(2);
    }

    @Test
    void inputOutputAndExitCodeGoThrough() throws Exception {
        String script = "printf 'one\\ntwo\\n' | { \"$0\" exec -T sleeper sh -c 'read line; echo got $line; exit 7';"
                + " echo code $?; }";

        assertThat(shell(script)).containsSubsequence("got one\n", "code 7\n");
    }

    @Test
    void whatACommandDoesNotReadIsLeftForTheNext() throws Exception {
        String script = "printf 'one\\ntwo\\n' | { \"$0\" ps -q >/dev/null; read line; echo left $line; }";

        assertThat(shell(script)).contains("left one\n");
    }

    @Test
    void killingTheEngineEndsTheCommandWithAnError() throws Exception {
        Jcompose.Running exec = jcompose.start("exec", "-T", "sleeper", "sh", "-c", "echo begun; sleep 1000");
        org.awaitility.Awaitility.await().until(() -> exec.out().contains("begun"));

        jcompose.killEngine();

        Jcompose.Result result = exec.await();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("the engine went away");
    }

    @Test
    void whatFollowsContainersGoesOnWithTheNextEngine() throws Exception {
        Jcompose.Running stats = jcompose.start("stats", "--format", "{{.Name}}");
        Jcompose.Running attach = jcompose.start("attach", "--no-stdin", "ticker");
        Jcompose.Running events = jcompose.start("events", "--json");
        org.awaitility.Awaitility.await()
                .until(() -> stats.out().contains("warm-") && attach.out().contains("tick"));
        org.awaitility.Awaitility.await().until(() -> {
            jcompose.ok("exec", "-T", "sleeper", "true");
            return !events.out().isEmpty();
        });

        jcompose.killEngine();
        org.awaitility.Awaitility.await()
                // Stats asks now and then, and may meet the next engine without having missed one.
                .until(() -> attach.err().contains("the engine went away; starting it again")
                        && events.err().contains("the engine went away; starting it again"));
        int before = attach.out().length();
        int lines = stats.out().length();
        jcompose.ok("restart", "-t", "1", "sleeper");

        org.awaitility.Awaitility.await()
                .until(() -> attach.out().length() > before
                        && stats.out().length() > lines
                        && events.out().contains("\"start\""));
        for (Jcompose.Running running : List.of(stats, events, attach)) {
            running.interrupt();
        }
        assertThat(stats.await().exitCode()).isEqualTo(130);
        assertThat(events.await().exitCode()).isEqualTo(130);
        attach.await();
    }

    /** Runs a command whose JVM prints each class that it loads. */
    private String loading(String... arguments) throws Exception {
        return jcompose.with("JCOMPOSE_JAVA_OPTS", "-Xlog:class+load").ok(arguments);
    }

    /** Runs a script, {@code $0} being the launcher; what it prints, and all classes that are loaded. */
    private String shell(String script) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, Jcompose.LAUNCHER.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JCOMPOSE_RUN_DIR", folder.resolve("run").toString());
        builder.environment().put("JCOMPOSE_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("JCOMPOSE_BUILD", "never");
        builder.environment().put("JCOMPOSE_JAVA_OPTS", "-Xlog:class+load");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out;
    }
}
