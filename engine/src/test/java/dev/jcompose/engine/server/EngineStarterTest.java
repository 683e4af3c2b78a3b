package dev.jcompose.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.client.EngineClient;
import dev.jcompose.engine.client.EngineLaunch;
import dev.jcompose.engine.client.EngineStarter;
import dev.jcompose.engine.home.EngineDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineStarterTest {
    @TempDir
    private Path directory;

    private EngineDirectories directories;

    @BeforeEach
    void choose() {
        directories = new EngineDirectories(directory.resolve("data"), directory.resolve("run"));
    }

    @AfterEach
    void stop() {
        starter("unused", "abc", true).running().ifPresent(EngineStarterTest::stop);
    }

    private static void stop(EngineClient client) {
        long pid = client.version().pid();
        client.stopEngine(true);
        Awaitility.await()
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** A "java" that does what the script says, whatever its arguments. */
    private EngineStarter starter(String script, String buildId, boolean root) {
        Path java = directory.resolve("java");
        try {
            Files.writeString(java, "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EngineStarter(
                directories,
                new EngineLaunch(java, List.of("-Xmx64m"), "engine.jar", "dev.jcompose.engine.EngineMain"),
                buildId,
                Map.of("PATH", "/usr/bin:/bin", "SECRET", "x"),
                root);
    }

    private static String fakeEngine() {
        return "exec %s -XX:TieredStopAtLevel=1 -cp %s %s"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin/java"),
                        System.getProperty("java.class.path"),
                        FakeEngineProcess.class.getName());
    }

    @Test
    void theSecondCommandFindsTheEngineThatTheFirstStarted() throws Exception {
        String script = "env >>%s\n%s".formatted(directory.resolve("started"), fakeEngine());
        long pid = starter(script, "abc", true).connect().version().pid();

        assertThat(starter("exit 9", "abc", true).connect().version().pid()).isEqualTo(pid);
        assertThat(Files.readString(directory.resolve("started")))
                .contains("JCOMPOSE_RUN_DIR=" + directories.run(), "MALLOC_ARENA_MAX=1")
                .doesNotContain("SECRET");
        assertThat(Files.getPosixFilePermissions(directories.run()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void anIdleEngineOfAnotherBuildIsReplaced() {
        long old = starter(fakeEngine(), "abc", true).connect().version().pid();

        long fresh = starter(fakeEngine(), "another", true).connect().version().pid();

        assertThat(fresh).isNotEqualTo(old);
    }

    @Test
    void whenItDoesNotStartItsLastWordsAreShown() {
        assertThatThrownBy(() ->
                        starter("echo no kernel here; exit 3", "abc", true).connect())
                .isInstanceOf(EngineException.class)
                .hasMessage("the engine did not start: it ended with code 3; its log %s says:\n  no kernel here"
                        .formatted(directories.log()));
    }

    @Test
    void whoIsNotRootIsToldSo() {
        assertThatThrownBy(() -> starter("exit 0", "abc", false).connect())
                .hasMessageStartingWith("jcompose needs root for now");
        assertThat(directories.run()).doesNotExist();
    }

    @Test
    void noEngineRunsBeforeOneIsNeeded() {
        assertThat(starter("exit 0", "abc", true).running()).isEmpty();
    }
}
