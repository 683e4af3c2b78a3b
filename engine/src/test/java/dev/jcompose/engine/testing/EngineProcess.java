package dev.jcompose.engine.testing;

import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.client.EngineClient;
import dev.jcompose.engine.home.EngineDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An engine as a process of its own, with directories of its own: it can be killed for real, and looked at. */
public final class EngineProcess {
    private final EngineDirectories directories;
    private final EngineClient client;
    private final List<String> program;
    private Process process;

    /**
     * Starts it.
     *
     * @param directory in which its directories are
     * @param program a main class on the tests' class path, and its arguments
     */
    public EngineProcess(Path directory, String... program) throws IOException {
        this.directories = new EngineDirectories(directory.resolve("data"), directory.resolve("run"));
        this.client = new EngineClient(directories.socket());
        this.program = List.of(program);
        this.process = begin();
    }

    /** Speaks to whichever engine runs at the time. */
    public EngineClient client() {
        return client;
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it with SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts the next one, which takes over what the last one left. */
    public void startAnother() throws IOException {
        process = begin();
    }

    /** Lets it end by itself. */
    public void stop() throws InterruptedException {
        client.stopEngine(true);
        process.waitFor();
    }

    private Process begin() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // As ./jcompose starts it; and what is loaded was compiled a moment ago.
                "-Djnr.ffi.asm.enabled=false",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JCOMPOSE_DATA_DIR", directories.data().toString());
        builder.environment().put("JCOMPOSE_RUN_DIR", directories.run().toString());
        Files.createDirectories(directories.data());
        builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directories.log().toFile()));
        Process started = builder.start();
        await().pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> client.version().pid() == started.pid());
        return started;
    }
}
