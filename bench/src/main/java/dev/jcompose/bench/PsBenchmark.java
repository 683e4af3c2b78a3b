package dev.jcompose.bench;

import java.io.IOException;
import java.time.Duration;
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
 * {@code jcompose ps} of a project with 3 services and of one with 500, one after the other, so that both have the same
 * machine. Prints how much longer the second takes: it should be at most one and a half times as long. Needs root; run
 * it in the source tree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = PsBenchmark.WARM_UPS)
@Measurement(iterations = 30)
public class PsBenchmark {
    static final int WARM_UPS = 10;

    private final Times few = new Times();
    private final Times many = new Times();
    private @Nullable BenchEngine engine;

    private BenchEngine engine() {
        return Objects.requireNonNull(engine);
    }

    /** Starts an engine of its own, and the projects. */
    @Setup(Level.Trial)
    public void startProjects() throws IOException, InterruptedException {
        engine = BenchEngine.start();
        engine().sleepers("few", 3);
        engine().sleepers("many", 500);
        engine().jcompose("few", "up", "-d");
        engine().jcompose("many", "up", "-d");
    }

    /** Two listings. */
    @Benchmark
    public void ps() throws IOException, InterruptedException {
        few.add(ps("few"));
        many.add(ps("many"));
    }

    private Duration ps(String project) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        engine().jcompose(project, "ps");
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Removes everything. */
    @TearDown(Level.Trial)
    public void stopProjects() throws IOException, InterruptedException {
        engine().jcompose("many", "down", "-t", "0");
        engine().jcompose("few", "down", "-t", "0");
        engine().stop();
        double ofFew = few.medianMillis(WARM_UPS);
        double ofMany = many.medianMillis(WARM_UPS);
        System.out.printf(
                Locale.ROOT,
                "%nps of 500 takes %.2f times as long as ps of 3 (medians %.1f and %.1f ms; of the best %.2f times)%n",
                ofMany / ofFew,
                ofMany,
                ofFew,
                many.bestMillis(WARM_UPS) / few.bestMillis(WARM_UPS));
    }
}
