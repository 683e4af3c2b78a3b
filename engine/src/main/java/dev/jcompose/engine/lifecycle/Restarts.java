package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.supervise.RestartBackoff;
import dev.jcompose.model.RestartPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The restarts that are still to come, and how long containers have to wait for theirs. Thread-safe. */
final class Restarts {
    private final Executor workers;
    private final ScheduledExecutorService timers;
    private final Map<String, RestartBackoff> backoffs = new ConcurrentHashMap<>();
    private final Map<String, ScheduledFuture<?>> pending = new ConcurrentHashMap<>();

    Restarts(Executor workers, ScheduledExecutorService timers) {
        this.workers = workers;
        this.timers = timers;
    }

    /** The policy that holds for a container. */
    static RestartPolicy policy(Container container) {
        return container.config().oneOff()
                ? RestartPolicy.NO
                : container.service().restartPolicy();
    }

    /**
     * Whether a container is to run again when the machine has been started anew. As with Docker, who stopped one that
     * is to run always has stopped it until then, and a failure is nothing that a policy for failures is meant for.
     */
    static boolean comesBack(Container container) {
        ContainerStatus status = container.status();
        return status.startedAt() != null
                && switch (policy(container).kind()) {
                    case ALWAYS -> true;
                    case UNLESS_STOPPED -> !status.stoppedByUser();
                    case NO, ON_FAILURE -> false;
                };
    }

    /**
     * How long to wait before the next start of a container that has ended, or could not be started again; empty when
     * its policy wants none.
     *
     * @param count restarts so far
     * @param ran how long it ran
     */
    Optional<Duration> after(Container container, int exitCode, int count, Duration ran) {
        return backoffs.computeIfAbsent(container.config().id(), id -> new RestartBackoff())
                .afterExit(
                        policy(container), exitCode, count, container.status().stoppedByUser(), ran);
    }

    /** Has a container started later, on a worker's thread. */
    void schedule(Container container, Duration pause, Runnable start) {
        pending.put(
                container.config().id(),
                timers.schedule(() -> workers.execute(start), pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The restart that was to come is under way. */
    void begun(Container container) {
        pending.remove(container.config().id());
    }

    /** Gives up the one that is still to come, if there is one. */
    void cancel(Container container) {
        ScheduledFuture<?> restart = pending.remove(container.config().id());
        if (restart != null) {
            restart.cancel(false);
        }
    }

    /** The next restart counts as the first one. */
    void forget(Container container) {
        backoffs.remove(container.config().id());
    }
}
