package dev.jcompose.bench;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * {@code jcompose up -d --wait} of web, which needs a healthy api, which needs a healthy db; each is ready 300 ms after
 * its start, and is checked every second. What is measured beyond 900 ms is what jcompose adds: it should be less than
 * 100 ms. Needs root; run it in the source tree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 15)
public class ChainBenchmark {

    private @Nullable BenchEngine engine;

    private BenchEngine engine() {
        return Objects.requireNonNull(engine);
    }

    /** Starts an engine of its own. */
    @Setup(Level.Trial)
    public void startEngine() throws IOException, InterruptedException {
        engine = BenchEngine.start();
        engine().project("chain", service("db", "") + service("api", "db") + service("web", "api"));
    }

    private static String service(String name, String needed) {
        String depends =
                needed.isEmpty() ? "" : "    depends_on: {%s: {condition: service_healthy}}\n".formatted(needed);
        return """
                  %s:
                    image: localhost/host
                    command: sh -c "sleep 0.3; touch /ready; exec sleep 1000"
                    healthcheck: {test: ["CMD", "test", "-e", "/ready"], interval: 1s}
                %s""".formatted(name, depends);
    }

    /** One up. */
    @Benchmark
    public void up() throws IOException, InterruptedException {
        engine().jcompose("chain", "up", "-d", "--wait");
    }

    /** Makes room for the next one. */
    @TearDown(Level.Invocation)
    public void down() throws IOException, InterruptedException {
        engine().jcompose("chain", "down", "-t", "0");
    }

    /** Removes everything. */
    @TearDown(Level.Trial)
    public void stopEngine() throws IOException, InterruptedException {
        engine().stop();
    }
}
