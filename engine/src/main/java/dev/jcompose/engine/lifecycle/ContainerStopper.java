package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.cgroup.Cgroups;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops and removes containers. */
public final class ContainerStopper {
    private static final Logger log = LoggerFactory.getLogger(ContainerStopper.class);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration AFTER_KILL = Duration.ofSeconds(30);

    private final Supervisor supervisor;
    private final ContainerRuntime runtime;
    private final Cgroups cgroups;
    private final ContainerTable table;
    private final ImageLookup images;
    private final VolumeStore volumes;
    private final TreeRemoval trees;
    private final Executor workers;
    private final Failpoint failpoint;

    public ContainerStopper(
            Supervisor supervisor,
            ContainerRuntime runtime,
            Cgroups cgroups,
            ContainerTable table,
            ImageLookup images,
            VolumeStore volumes,
            TreeRemoval trees,
            Executor workers,
            Failpoint failpoint) {
        this.failpoint = failpoint;
        this.supervisor = supervisor;
        this.runtime = runtime;
        this.cgroups = cgroups;
        this.table = table;
        this.images = images;
        this.volumes = volumes;
        this.trees = trees;
        this.workers = workers;
    }

    /**
     * Asks the container to end with its stop signal, and kills it when it has not after the grace period.
     *
     * @param grace null for the service's own
     * @return ends when the container has; at once for one that does not run
     */
    public CompletableFuture<Void> stop(Container container, @Nullable Duration grace) {
        Duration patience = grace != null ? grace : gracePeriod(container);
        container.lock().lock();
        try {
            supervisor.cancelRestart(container);
            if (!container.status().isAlive()) {
                return CompletableFuture.completedFuture(null);
            }
            supervisor.save(container, container.status().stopRequested(true));
            failpoint.reached("stop: noted");
            if (supervisor.live(container).isEmpty()) {
                supervisor.endUnwatched(container);
                return CompletableFuture.completedFuture(null);
            }
            if (container.status().state() == ContainerState.PAUSED) {
                resume(container);
            }
            if (!patience.isZero()) {
                signal(container, stopSignal(container));
                failpoint.reached("stop: signalled");
            }
        } finally {
            container.lock().unlock();
        }
        return patience.isZero()
                ? killed(container)
                : ended(container)
                        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionallyComposeAsync(late -> killed(container), workers);
    }

    /** How long it may take to end by itself. */
    static Duration gracePeriod(Container container) {
        Duration own = container.service().stopGracePeriod();
        return own != null ? own : GRACE;
    }

    private CompletableFuture<Void> killed(Container container) {
        container.lock().lock();
        try {
            // One that has ended meanwhile has no cgroup any more to kill.
            if (container.status().isAlive()) {
                kill(container);
            }
        } finally {
            container.lock().unlock();
        }
        return ended(container)
                .orTimeout(AFTER_KILL.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    throw new EngineException(
                            Kind.FAILED,
                            "container " + container + " did not end within " + AFTER_KILL.toSeconds()
                                    + " s of being killed",
                            late);
                });
    }

    private static CompletableFuture<Void> ended(Container container) {
        return container.when(now -> !now.status().isAlive()).thenAccept(now -> {});
    }

    /**
     * Sends a signal to the container's first process.
     *
     * @throws EngineException when it does not run
     */
    public void signal(Container container, int signal) {
        LiveContainer live = supervisor
                .live(container)
                .orElseThrow(() -> new EngineException(Kind.CONFLICT, "container " + container + " is not running"));
        try {
            live.running().signal(signal);
            supervisor.tell(container, Event.Action.SIGNALLED, Map.of("signal", Integer.toString(signal)));
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot signal " + container + ": " + e.getMessage(), e);
        }
    }

    /** Kills by the user's wish: it is not started again, if it ends within its grace period. */
    public void killByUser(Container container, int signal) {
        if (signal == Sched.SIGKILL || signal == Sched.SIGTERM || signal == Sched.SIGINT) {
            container.lock().lock();
            try {
                supervisor.save(container, container.status().stopRequested(true));
            } finally {
                container.lock().unlock();
            }
        }
        signal(container, signal);
        if (signal == Sched.SIGTERM || signal == Sched.SIGINT) {
            supervisor.forgiveAfter(container, gracePeriod(container));
        }
        if (signal == Sched.SIGKILL) {
            thaw(container);
        }
    }

    /** What is frozen does not even die. */
    private void thaw(Container container) {
        container.lock().lock();
        try {
            if (container.status().state() == ContainerState.PAUSED) {
                resume(container);
            }
        } finally {
            container.lock().unlock();
        }
    }

    /**
     * Removes a container that does not run: its files, its log, its address.
     *
     * @param anonymousVolumes also its anonymous volumes
     */
    public void remove(Container container, boolean anonymousVolumes) throws IOException {
        container.lock().lock();
        try {
            supervisor.cancelRestart(container);
            if (container.status().isAlive()) {
                throw new EngineException(Kind.CONFLICT, "container " + container + " is running: stop it first");
            }
            runtime.delete(container.config().id(), container.files().run());
            trees.remove(container.files().run());
            failpoint.reached("remove: nothing runs");
            // First what makes it a container: should the engine be killed now, the next one clears the rest away.
            Files.deleteIfExists(container.files().config());
            failpoint.reached("remove: is none");
            trees.remove(container.files().data());
            failpoint.reached("remove: files gone");
            table.remove(container);
            supervisor.forget(container);
            if (table.isEmpty()) {
                cgroups.removeParentIfEmpty();
                removeIfEmpty(container.files().run().resolveSibling(""));
            }
        } finally {
            container.lock().unlock();
        }
        if (anonymousVolumes) {
            for (String volume : container.config().anonymousVolumes().values()) {
                volumes.remove(volume);
            }
        }
    }

    /** Somebody else may remove it too, or make the next container's in it. */
    private static void removeIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException inUse) {
            log.trace("{} is in use again", directory, inUse);
        }
    }

    private int stopSignal(Container container) {
        String signal = container.service().stopSignal();
        if (signal == null) {
            try {
                signal = images.config(container).stopSignal();
            } catch (IOException e) {
                // The image is gone, the container is not: it ends as containers usually do.
                signal = null;
            }
        }
        return signal == null ? Sched.SIGTERM : Signals.parse(signal);
    }

    /** Freezes its processes. The caller holds the container's lock and knows that it runs. */
    public void pause(Container container) {
        withProcesses(container, "pause", RunningContainer::pause);
        supervisor.save(container, container.status().in(ContainerState.PAUSED));
    }

    /** Lets its frozen processes go on. The caller holds the container's lock and knows that it is paused. */
    public void resume(Container container) {
        withProcesses(container, "resume", RunningContainer::resume);
        supervisor.save(container, container.status().in(ContainerState.RUNNING));
    }

    private void kill(Container container) {
        withProcesses(container, "kill", RunningContainer::kill);
        supervisor.tell(container, Event.Action.SIGNALLED, Map.of("signal", Integer.toString(Sched.SIGKILL)));
    }

    @FunctionalInterface
    private interface Action {
        void on(RunningContainer running) throws IOException;
    }

    private void withProcesses(Container container, String verb, Action action) {
        LiveContainer live = supervisor.live(container).orElse(null);
        if (live == null) {
            return;
        }
        try {
            action.on(live.running());
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot " + verb + " " + container + ": " + e.getMessage(), e);
        }
    }
}
