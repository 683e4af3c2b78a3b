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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code jcompose ps} of a project that runs: the one with 500 services should not take longer than one and a half
 * times the one with 3. Needs root; run it in the source tree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 30)
public class PsBenchmark {

    /** How many services the project has. */
    @Param({"3", "500"})
    public int services;

    private @Nullable BenchEngine engine;

    private BenchEngine engine() {
        return Objects.requireNonNull(engine);
    }

    /** Starts an engine of its own, and the project. */
    @Setup(Level.Trial)
    public void startProject() throws IOException, InterruptedException {
        engine = BenchEngine.start();
        engine().sleepers("measured", services);
        engine().jcompose("measured", "up", "-d");
    }

    /** One listing. */
    @Benchmark
    public void ps() throws IOException, InterruptedException {
        engine().jcompose("measured", "ps");
    }

    /** Removes everything. */
    @TearDown(Level.Trial)
    public void stopProject() throws IOException, InterruptedException {
        engine().jcompose("measured", "down", "-t", "0");
        engine().stop();
    }
}
