package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.engine.api.ServicesRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends an {@code up} in the foreground: the first interrupt stops the services, the second kills them. All of it
 * happens on threads of its own, so that output goes on meanwhile.
 */
final class GracefulStop {
    /** How long output may come after everything has stopped. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Session session;
    private final EngineApi engine;
    private final ServicesRequest stop;
    private final ServicesRequest kill;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch outputEnded = new CountDownLatch(1);
    private int interrupts;
    private boolean stopping;
    private @Nullable Thread starting;
    private @Nullable Thread reading;
    private @Nullable EngineException failure;

    GracefulStop(Session session, EngineApi engine, ServiceScope scope, @Nullable Integer timeoutSeconds) {
        this.session = session;
        this.engine = engine;
        this.stop = new ServicesRequest(scope, timeoutSeconds, null, false);
        this.kill = new ServicesRequest(scope, null, "SIGKILL", false);
    }

    /** From now on an interrupt also ends what this thread does; null for nothing. */
    synchronized void cancels(@Nullable Thread thread) {
        starting = thread;
        if (thread == null && stopping) {
            // It may have come too late for what it was to end.
            Thread.interrupted();
        }
    }

    /** Ends this thread's reading when output goes on although everything has stopped; null: it has ended. */
    synchronized void cancelsWhenStopped(@Nullable Thread thread) {
        reading = thread;
        if (thread == null) {
            outputEnded.countDown();
            Thread.interrupted();
        }
    }

    /** The user pressed Ctrl-C. */
    synchronized void interrupted() {
        interrupts++;
        if (interrupts == 1) {
            if (starting != null) {
                starting.interrupt();
            }
            begin("Gracefully Stopping... press Ctrl+C again to force");
        } else if (interrupts == 2) {
            run("kill", this::kill);
        }
    }

    /** A container's end is to end everything, also while others are still being started. */
    synchronized void abort() {
        if (!stopping && starting != null) {
            starting.interrupt();
        }
        begin("Aborting on container exit...");
    }

    private void begin(String words) {
        if (!stopping) {
            stopping = true;
            run("stop", () -> stop(words));
        }
    }

    private static void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void stop(String words) {
        try (Progress progress = session.progressBesideLogs("stop")) {
            progress.say(words);
            engine.projects().stop(stop, progress);
        } catch (EngineException e) {
            fail(e);
        }
        stopped.countDown();
        endOutput();
    }

    private void kill() {
        try (Progress progress = session.progressBesideLogs("kill")) {
            engine.projects().kill(kill, progress);
        } catch (EngineException e) {
            fail(e);
        }
    }

    private synchronized void fail(EngineException e) {
        if (failure == null) {
            failure = e;
        } else {
            failure.addSuppressed(e);
        }
    }

    private void endOutput() {
        try {
            if (outputEnded.await(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (reading != null) {
                reading.interrupt();
            }
        }
    }

    synchronized boolean isStopping() {
        return stopping;
    }

    /**
     * Waits until everything has stopped, if it is being stopped.
     *
     * @return whether the user wanted it
     * @throws EngineException if it could not be stopped
     */
    boolean await() {
        if (isStopping()) {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            return interrupts > 0;
        }
    }
}
