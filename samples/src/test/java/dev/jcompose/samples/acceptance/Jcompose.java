package dev.jcompose.samples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.HostSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Types {@code ./jcompose} commands as a person would, to an engine with directories of its own. */
final class Jcompose {
    /** The source tree; Maven runs the tests in {@code samples}. */
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    static final Path LAUNCHER = HOME.resolve("jcompose");

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final Path folder;
    private final List<String> options;
    private final Map<String, String> environment;

    private Jcompose(Path folder, List<String> options, Map<String, String> environment) {
        this.folder = folder;
        this.options = options;
        this.environment = environment;
    }

    /** Commands that are typed in {@code folder}, whose sub-folders {@code run} and {@code data} are the engine's. */
    static Jcompose in(Path folder) {
        return new Jcompose(folder, List.of(), Map.of())
                .with("JCOMPOSE_RUN_DIR", folder.resolve("run").toString())
                .with("JCOMPOSE_DATA_DIR", folder.resolve("data").toString())
                // The build that runs the tests has built it.
                .with("JCOMPOSE_BUILD", "never");
    }

    /** The same with one more environment variable. */
    Jcompose with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Jcompose(folder, options, Map.copyOf(more));
    }

    /** The same with {@code -f file} before the command. */
    Jcompose file(Path file) {
        return new Jcompose(folder, List.of("-f", file.toString()), environment);
    }

    /** Runs a command to its end. */
    Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** Runs a command to its end, which must be a good one; gives what it printed on stdout. */
    String ok(String... arguments) throws IOException, InterruptedException {
        Result result = run(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError(result.toString());
        }
        return result.out();
    }

    /** Runs a line of bash to its end, in which {@code jcompose} is the command. */
    Result line(String line) throws IOException, InterruptedException {
        return launch(List.of("bash", "-o", "pipefail", "-c", line)).await();
    }

    /** Starts a command, whose output goes to files. */
    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(options);
        command.addAll(List.of(arguments));
        return launch(command);
    }

    private Running launch(List<String> command) throws IOException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PATH", HOME + ":" + System.getenv("PATH"));
        return new Running(String.join(" ", command), builder.start(), out, err);
    }

    /** Types a command into a terminal of its own; {@code arguments} as a shell takes them. */
    TypedTerminal typed(String arguments) throws IOException {
        return TypedTerminal.open(folder, environment, LAUNCHER + " " + arguments);
    }

    /** What is on the host of this engine. */
    HostSnapshot snapshot() {
        CRC32 crc = new CRC32();
        crc.update(folder.resolve("data").toString().getBytes(UTF_8));
        return HostSnapshot.takeOf(
                "jcompose-" + HexFormat.of().toHexDigits((int) crc.getValue()), folder, folder.resolve("run"));
    }

    /**
     * Removes the project and ends the engine; then nothing may be there that was not when {@code before} was taken.
     */
    void leaveNothing(HostSnapshot before) throws IOException, InterruptedException {
        ok("down", "-v", "-t", "1");
        ok("engine", "stop");
        before.awaitNothingAdded();
    }

    /** Kills the engine with SIGKILL. */
    void killEngine() throws IOException {
        List<ProcessHandle> engines = engines();
        assertThat(engines).hasSize(1);
        engines.get(0).destroyForcibly();
        // A command that follows may have started another by now.
        await().until(() -> !engines().contains(engines.get(0)));
    }

    /** The processes of the engine: Java, and started with its run directory, and not by the tests. */
    List<ProcessHandle> engines() throws IOException {
        String mark = "JCOMPOSE_RUN_DIR=" + environment.get("JCOMPOSE_RUN_DIR") + "\0";
        List<ProcessHandle> engines = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (read("/proc/" + process.pid() + "/environ").contains(mark)
                    && read("/proc/" + process.pid() + "/cmdline")
                            .contains("dev.jcompose.cli.hosted.EngineWithCommands")) {
                engines.add(process);
            }
        }
        return engines;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** A command that runs. */
    record Running(String command, Process process, Path outFile, Path errFile) {

        /** What it has printed so far. */
        String out() throws IOException {
            return Files.readString(outFile, UTF_8);
        }

        String err() throws IOException {
            return Files.readString(errFile, UTF_8);
        }

        /** What Ctrl-C does. */
        void interrupt() throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }

        Result await() throws IOException, InterruptedException {
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .toList();
                all.forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError(command + " has not ended; it printed\n" + out() + "\n" + err());
            }
            return new Result(command, process.exitValue(), out(), err());
        }
    }

    /** How a command ended, and what it printed. */
    record Result(String command, int exitCode, String out, String err) {

        @Override
        public String toString() {
            return command + ": exit code " + exitCode + "\nstdout:\n" + out + "\nstderr:\n" + err;
        }
    }
}
