package dev.jcompose.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A command from the shell's view: process start to exit, by way of {@code ./jcompose}. Those that are called alone run
 * in their own process, the others in a warm engine. {@link #bareJvm} is the yardstick: a JVM that does nothing, on the
 * same machine at the same time. Run it in the source tree, as root.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 40)
public class CommandBenchmark {
    private static final String FILE = """
            name: bench
            services:
              db: {image: localhost/host, command: sleep 100000, init: true}
              web: {image: localhost/host, command: sleep 100000, init: true, depends_on: [db]}
            """;

    private static final long SECONDS_FOR_ARCHIVES = 60;

    private Path folder = Path.of("");

    /** Starts the engine, and waits for the start-up archives. */
    @Setup(Level.Trial)
    public void begin() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("bench");
        Files.writeString(folder.resolve("compose.yaml"), FILE);
        jcompose("version");
        TimeUnit.SECONDS.sleep(archives() ? 0 : SECONDS_FOR_ARCHIVES);
        jcompose("up", "-d");
    }

    private static boolean archives() throws IOException {
        Path cache =
                Path.of(System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"));
        Path archives = Path.of(cache + "/jcompose/archives" + Path.of("").toAbsolutePath());
        if (!Files.exists(archives)) {
            return false;
        }
        try (var files = Files.list(archives)) {
            return files.anyMatch(file -> file.toString().endsWith(".client"));
        }
    }

    /** Stops the engine. */
    @TearDown(Level.Trial)
    public void end() throws IOException, InterruptedException {
        jcompose("down", "-t", "0");
        jcompose("engine", "stop");
    }

    /** {@code version}. */
    @Benchmark
    public int version() throws IOException, InterruptedException {
        return jcompose("version");
    }

    /** {@code config}. */
    @Benchmark
    public int config() throws IOException, InterruptedException {
        return jcompose("config");
    }

    /** {@code ps}. */
    @Benchmark
    public int ps() throws IOException, InterruptedException {
        return jcompose("ps");
    }

    /** {@code up -d} where all is as it should be. */
    @Benchmark
    public int upAgain() throws IOException, InterruptedException {
        return jcompose("up", "-d");
    }

    /** {@code version} without an engine. */
    @Benchmark
    public int versionAlone() throws IOException, InterruptedException {
        return start("nowhere", command("version"));
    }

    /** {@code config} without an engine. */
    @Benchmark
    public int configAlone() throws IOException, InterruptedException {
        return start("nowhere", command("config"));
    }

    /** A JVM with the same options that does nothing. */
    @Benchmark
    public int bareJvm() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return start(
                "run", List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-version"));
    }

    private int jcompose(String... arguments) throws IOException, InterruptedException {
        return start("run", command(arguments));
    }

    private static List<String> command(String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(Path.of("jcompose").toAbsolutePath().toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Where the engine of the directory {@code run} is the one that counts. */
    private int start(String run, List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JCOMPOSE_RUN_DIR", folder.resolve(run).toString());
        builder.environment().put("JCOMPOSE_DATA_DIR", folder.resolve("data").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            throw new IOException("%s ended with %d: %s".formatted(words, exitCode, output));
        }
        return exitCode;
    }
}
