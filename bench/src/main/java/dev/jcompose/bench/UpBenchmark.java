package dev.jcompose.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code jcompose up -d} of a project with one network, the engine being warm: from the start of the command to its
 * end, when all services run. Prints the engine's memory with all of them. Needs root; run it in the source tree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 15)
public class UpBenchmark {

    /** How many services the project has. */
    @Param({"1", "10", "50"})
    public int services;

    private Path folder = Path.of("/nowhere");

    /** Starts an engine of its own, and a project that keeps it alive. */
    @Setup(Level.Trial)
    public void startEngine() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("jcompose-bench");
        writeProject("alive", 1);
        writeProject("measured", services);
        jcompose("alive", "up", "-d");
    }

    /** One up. */
    @Benchmark
    public void up() throws IOException, InterruptedException {
        jcompose("measured", "up", "-d");
    }

    /** Makes room for the next one. */
    @TearDown(Level.Invocation)
    public void down() throws IOException, InterruptedException {
        System.out.print("(engine: " + engineMemory() + ") ");
        jcompose("measured", "down", "-t", "0");
    }

    /** Removes everything; the engine leaves by itself. */
    @TearDown(Level.Trial)
    public void stopEngine() throws IOException, InterruptedException {
        jcompose("alive", "down", "-t", "0");
        try (var files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void writeProject(String name, int count) throws IOException {
        String each = IntStream.rangeClosed(1, count)
                .mapToObj(i -> "  s" + i + ": {image: localhost/host, command: sleep 1000}\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve(name + ".yaml"), "name: " + name + "\nservices:\n" + each);
    }

    private void jcompose(String project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of("jcompose").toAbsolutePath().toString(),
                "-f",
                folder.resolve(project + ".yaml").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JCOMPOSE_RUN_DIR", folder.resolve("run").toString());
        builder.environment().put("JCOMPOSE_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("JCOMPOSE_BUILD", "never");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    /** Resident and anonymous memory of the engine of this benchmark, as proc_pid_status(5) has them. */
    private String engineMemory() throws IOException {
        String mark = "JCOMPOSE_RUN_DIR=" + folder.resolve("run") + "\0";
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            if (read(proc.resolve("environ")).contains(mark)
                    && read(proc.resolve("cmdline")).contains("dev.jcompose.engine.")) {
                return read(proc.resolve("status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS") || line.startsWith("RssAnon"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .collect(Collectors.joining(", "));
            }
        }
        return "not found";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
