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

    /** One up. */
    @Benchmark
    public void up() throws IOException, InterruptedException {
        engine().jcompose("measured", "up", "-d");
    }

    /** Makes room for the next one. */
    @TearDown(Level.Invocation)
    public void down() throws IOException, InterruptedException {
        System.out.print("(engine: " + engine().memory() + ") ");
        engine().jcompose("measured", "down", "-t", "0");
    }

    /** Removes everything. */
    @TearDown(Level.Trial)
    public void stopEngine() throws IOException, InterruptedException {
        engine().stop();
    }
}
