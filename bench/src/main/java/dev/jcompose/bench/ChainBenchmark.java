package dev.jcompose.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
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
 * its start, and is checked every second. Prints how long after web was ready the command ended, which should be less
 * than 100 ms, and how much more than three times 300 ms it took in all. Needs root; run it in the source tree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = ChainBenchmark.WARM_UPS)
@Measurement(iterations = 15)
public class ChainBenchmark {
    static final int WARM_UPS = 3;
    private static final Duration READY_AFTER = Duration.ofMillis(300);

    private final Times afterReady = new Times();
    private final Times all = new Times();
    private @Nullable BenchEngine engine;
    private Instant begun = Instant.EPOCH;
    private Instant ended = Instant.EPOCH;

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
        begun = Instant.now();
        engine().jcompose("chain", "up", "-d", "--wait");
        ended = Instant.now();
    }

    /** Looks when web was ready, and makes room for the next one. */
    @TearDown(Level.Invocation)
    public void down() throws IOException, InterruptedException {
        String seconds = engine().jcompose("chain", "exec", "-T", "web", "stat", "-c", "%.9Y", "/ready");
        long readyNanos = new BigDecimal(seconds.strip()).movePointRight(9).longValueExact();
        afterReady.add(Duration.between(Instant.ofEpochSecond(0, readyNanos), ended));
        all.add(Duration.between(begun, ended).minus(READY_AFTER.multipliedBy(3)));
        engine().jcompose("chain", "down", "-t", "0");
    }

    /** Removes everything. */
    @TearDown(Level.Trial)
    public void stopEngine() throws IOException, InterruptedException {
        engine().stop();
        System.out.printf(
                Locale.ROOT,
                "%nup ended %.0f ms after web was ready (median; best %.0f ms), and took 3 x 300 ms and %.0f ms in all%n",
                afterReady.medianMillis(WARM_UPS),
                afterReady.bestMillis(WARM_UPS),
                all.medianMillis(WARM_UPS));
    }
}
