package dev.jcompose.engine.exec;

import dev.jcompose.linux.EventCalls.Pipe;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.ExecProcess;
import dev.jcompose.runtime.LaunchException;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.exec.ExecSpec;
import dev.jcompose.runtime.exec.ExecStreams;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a command that the engine itself wants run, a health check or a hook: no thread waits for it, the
 * beginning of its output is kept, and it is killed when it takes too long.
 */
public final class CheckRun {
    private static final Logger log = LoggerFactory.getLogger(CheckRun.class);
    private static final int TIMED_OUT = -1;
    /** Of a health check's output, as in Docker. */
    private static final int CHECK_BYTES = 4096;

    private static final int HOOK_BYTES = 256 * 1024;

    private final Linux linux;
    private final EventLoop loop;
    private final ContainerRuntime runtime;
    private final ScheduledExecutorService timers;

    /**
     * How a check ended.
     *
     * @param exitCode -1 when it took too long
     */
    public record Result(int exitCode, String output) {
        public boolean passed() {
            return exitCode == 0;
        }
    }

    public CheckRun(Linux linux, EventLoop loop, ContainerRuntime runtime, ScheduledExecutorService timers) {
        this.linux = linux;
        this.loop = loop;
        this.runtime = runtime;
        this.timers = timers;
    }

    /**
     * Starts a health check's command, which blocks for some milliseconds; the result comes on the loop's thread.
     *
     * @param timeout after which it is killed
     */
    public CompletableFuture<Result> start(RunningContainer container, ExecSpec spec, Duration timeout) {
        return start(container, spec, timeout, CHECK_BYTES);
    }

    /** Likewise a hook's, which may take as long as it likes. */
    public CompletableFuture<Result> startHook(RunningContainer container, ExecSpec spec) {
        return start(container, spec, null, HOOK_BYTES);
    }

    private CompletableFuture<Result> start(
            RunningContainer container, ExecSpec spec, @Nullable Duration timeout, int keptBytes) {
        try (Pipe out = linux.events().pipe2(Fcntl.O_NONBLOCK);
                Fd nothing = linux.files().openat(null, "/dev/null", Fcntl.O_RDONLY, 0)) {
            ExecProcess process =
                    runtime.exec(container, spec, new ExecStreams.Descriptors(nothing, out.writeEnd(), out.writeEnd()));
            Fd output = linux.files().duplicate(out.readEnd(), 3);
            return watch(process, new CheckOutput(linux, loop, output, keptBytes), timeout);
        } catch (LaunchException e) {
            return CompletableFuture.completedFuture(new Result(e.exitCode(), String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Result> watch(ExecProcess process, CheckOutput text, @Nullable Duration timeout) {
        CompletableFuture<Boolean> killed = new CompletableFuture<>();
        ScheduledFuture<?> timer = timeout == null
                ? null
                : timers.schedule(() -> kill(process, killed), timeout.toMillis(), TimeUnit.MILLISECONDS);
        return ProcessEnd.of(loop, process).handle((status, failure) -> {
            if (timer != null) {
                timer.cancel(false);
            }
            text.close();
            process.close();
            if (killed.isDone() && timeout != null) {
                return new Result(TIMED_OUT, "health check exceeded its timeout of " + timeout.toMillis() + " ms");
            }
            return failure == null
                    ? new Result(status.shellCode(), text.toString())
                    : new Result(TIMED_OUT, String.valueOf(failure.getMessage()));
        });
    }

    private static void kill(ExecProcess process, CompletableFuture<Boolean> killed) {
        killed.complete(true);
        try {
            process.signal(Sched.SIGKILL);
        } catch (IOException | IllegalStateException e) {
            log.debug("health check has ended while it was being killed", e);
        }
    }
}
