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
 * {@code jcompose down -t 0} of a project with one network, the engine being warm: from the start of the command to its
 * end, when nothing is left. Needs root; run it in the source tree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 15)
public class DownBenchmark {

    /** How many services the project has. */
    @Param({"1", "50"})
    public int services;

    private @Nullable BenchEngine engine;

    private BenchEngine engine() {
        return Objects.requireNonNull(engine);
    }

    /** Starts an engine of its own. */
    @Setup(Level.Trial)
    public void startEngine() throws IOException, InterruptedException {
        engine = BenchEngine.start();
        engine().sleepers("measured", services);
    }

    /** Brings up what is taken down. */
    @Setup(Level.Invocation)
    public void up() throws IOException, InterruptedException {
        engine().jcompose("measured", "up", "-d");
    }

    /** One down. */
    @Benchmark
    public void down() throws IOException, InterruptedException {
        engine().jcompose("measured", "down", "-t", "0");
    }

    /** Removes everything. */
    @TearDown(Level.Trial)
    public void stopEngine() throws IOException, InterruptedException {
        engine().stop();
    }
}
