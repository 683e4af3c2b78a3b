package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.network.Connection;
import dev.jcompose.engine.network.ContainerNetworking;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import dev.jcompose.engine.supervise.HealthStatus;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.LaunchException;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.container.ContainerExit;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over running containers: notes their end, starts them again as their policy says, and has their health
 * checked. All changes of a container's status pass through here, under the container's lock.
 */
public final class Supervisor {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final ContainerStarter starter;
    private final ContainerRuntime runtime;
    private final ContainerNetworking networking;
    private final HealthMonitor health;
    private final ContainerStarter.LogOpener logs;
    private final EventLoop loop;
    private final Executor workers;
    private final ScheduledExecutorService timers;
    private final StateFiles stateFiles;
    private final EventBus bus;
    private final Clock clock;
    private final String bootId;
    private final Failpoint failpoint;
    private final Map<String, LiveContainer> live = new ConcurrentHashMap<>();
    private final Restarts restarts;

    public Supervisor(
            ContainerStarter starter,
            ContainerRuntime runtime,
            ContainerNetworking networking,
            HealthMonitor health,
            ContainerStarter.LogOpener logs,
            EventLoop loop,
            Executor workers,
            ScheduledExecutorService timers,
            StateFiles stateFiles,
            EventBus bus,
            Clock clock,
            String bootId,
            Failpoint failpoint) {
        this.failpoint = failpoint;
        this.restarts = new Restarts(workers, timers);
        this.starter = starter;
        this.runtime = runtime;
        this.networking = networking;
        this.health = health;
        this.logs = logs;
        this.loop = loop;
        this.workers = workers;
        this.timers = timers;
        this.stateFiles = stateFiles;
        this.bus = bus;
        this.clock = clock;
        this.bootId = bootId;
    }

    /**
     * Starts a container on somebody's behalf; for one that runs it does nothing.
     *
     * @return whether it was started now
     * @throws IOException naming the step that failed
     */
    public boolean start(Container container) throws IOException {
        container.lock().lock();
        try {
            if (container.status().isAlive()) {
                return false;
            }
            cancelRestart(container);
            restarts.forget(container);
            begin(container, 0);
            return true;
        } catch (IOException | RuntimeException e) {
            save(container, container.status().failed(exitCode(e), String.valueOf(e.getMessage()), clock.instant()));
            networking.settleNames(container, false);
            throw e;
        } finally {
            container.lock().unlock();
        }
    }

    private void begin(Container container, int count) throws IOException {
        AtomicReference<ContainerStatus> noted = new AtomicReference<>(container.status());
        ContainerStarter.Started started = starter.start(container, (process, connection) -> {
            ContainerStatus status = container
                    .status()
                    .started(process, bootId, clock.instant(), count, connection.attachments(), connection.ports());
            write(container, status);
            noted.set(status);
        });
        // Whoever follows is told before the container can be seen to end.
        watch(container, started, Objects.requireNonNull(noted.get()), () -> tell(container, Action.STARTED, Map.of()));
        failpoint.reached("start: watched");
    }

    private static int exitCode(Exception e) {
        return e instanceof LaunchException launch ? launch.exitCode() : LaunchException.FAILED;
    }

    /** Takes a container over that another engine left running. */
    void takeOver(Container container, ContainerStarter.Started started, ContainerStatus status) throws IOException {
        starter.takeOver(container);
        watch(container, started, status, () -> {});
    }

    private void watch(Container container, ContainerStarter.Started started, ContainerStatus status, Runnable told)
            throws IOException {
        EventLoop.Registration exitWatch =
                loop.register(started.running().exitFd(), EventCalls.EPOLLIN, events -> exitSeen(container));
        live.put(
                container.config().id(),
                new LiveContainer(started.running(), started.log(), started.connection(), exitWatch));
        HealthStatus known = health.begin(
                container,
                started.running(),
                status.startedAt(),
                now -> healthChanged(container, status.startedAt(), now));
        container.change(new Container.Snapshot(status, known), told);
    }

    private void healthChanged(Container container, @Nullable Instant startedAt, HealthStatus now) {
        container.health(now, startedAt);
        boolean bad = now == HealthStatus.UNHEALTHY;
        tell(container, bad ? Action.UNHEALTHY : Action.HEALTHY, bad ? Status.WARNING : Status.DONE, "", Map.of());
    }

    /**
     * Does something in a container's root directory, whether it runs or not. One that does not run is not started
     * meanwhile.
     *
     * @throws IOException naming the step that failed
     */
    public void inRoot(Container container, ContainerStarter.RootWork work) throws IOException {
        Optional<LiveContainer> running = live(container);
        if (running.isPresent()) {
            try (Fd root = running.get().running().openRoot()) {
                work.in(root);
            }
            return;
        }
        container.lock().lock();
        try {
            if (container.status().isAlive()) {
                throw new IOException("container " + container + " has been started meanwhile: try again");
            }
            starter.inRoot(container, work);
        } finally {
            container.lock().unlock();
        }
    }

    /** What the engine holds of a running container; empty when it does not run. */
    public Optional<LiveContainer> live(Container container) {
        return Optional.ofNullable(live.get(container.config().id()));
    }

    /** On the loop's thread: only hands on. The watch is level-triggered, so it ends here. */
    private void exitSeen(Container container) {
        live(container).ifPresent(now -> {
            now.exitWatch().close();
            workers.execute(() -> ended(container, now));
        });
    }

    private void ended(Container container, LiveContainer ended) {
        container.lock().lock();
        try {
            LiveContainer now = live.get(container.config().id());
            if (now == null || !now.running().equals(ended.running())) {
                return;
            }
            ContainerExit exit = exit(container, ended.running());
            release(container, now);
            live.remove(container.config().id());
            // Its exit status is in the directory that goes next.
            noteEnd(container, exit);
            failpoint.reached("end: noted");
            runtime.delete(container.config().id(), container.files().run());
            failpoint.reached("end: deleted");
        } catch (IOException | RuntimeException e) {
            log.error("container {} has ended, but something of it stays", container, e);
        } finally {
            container.lock().unlock();
        }
    }

    /** That a container has ended is clear, even if it cannot be told how. */
    private ContainerExit exit(Container container, RunningContainer ended) {
        try {
            return ended.exit().orElseThrow();
        } catch (IOException | RuntimeException e) {
            log.error("container {} has ended, but nobody can tell how", container, e);
            return ContainerExit.lost(clock.instant());
        }
    }

    /** What cannot be given back must not keep the rest, nor the container's end from being noticed. */
    private void release(Container container, LiveContainer ended) {
        release(container, () -> health.end(container));
        release(container, () -> {
            closeLog(container, ended);
            failpoint.reached("end: log closed");
        });
        release(container, () -> {
            networking.disconnect(container, ended.connection());
            failpoint.reached("end: disconnected");
        });
        release(container, ended.running()::close);
        release(container, () -> starter.ended(container));
    }

    private static void release(Container container, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            log.error("container {} has ended, but not all that it used can be given back", container, e);
        }
    }

    private void closeLog(Container container, LiveContainer ended) {
        try {
            logs.close(container, ended.log(), ended.running());
        } catch (IOException e) {
            log.error("the last output of {} is lost: {}", container, e.getMessage());
            tell(container, Action.WARNING, Status.WARNING, "its last output is lost: " + e.getMessage(), Map.of());
        }
    }

    /** Writes down how a container ended, and starts it again later if its policy says so. */
    void noteEnd(Container container, ContainerExit exit) {
        ContainerStatus status = container.status();
        Instant startedAt = status.startedAt() == null ? exit.at() : status.startedAt();
        int code = exit.status().shellCode();
        Optional<Duration> pause =
                restarts.after(container, code, status.restarts(), Duration.between(startedAt, exit.at()));
        noteEnd(container, exit, pause.isPresent());
        pause.ifPresent(delay -> restartIn(container, delay));
    }

    /**
     * Kills a container that could not be taken over from another engine: nobody would see it end. The caller holds the
     * lock.
     */
    void endUnwatched(Container container) {
        try {
            runtime.delete(container.config().id(), container.files().run());
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot end " + container + ": " + e.getMessage(), e);
        }
        ContainerStatus status = container.status();
        networking.disconnect(container, new Connection(status.attachments(), status.ports(), null));
        noteLost(container, ContainerExit.lost(clock.instant()), false);
    }

    /** Likewise for one that ended with the machine: if it is to run again, that is somebody else's to see to. */
    void noteLost(Container container, ContainerExit exit, boolean comesBack) {
        noteEnd(container, exit, comesBack);
    }

    private void noteEnd(Container container, ContainerExit exit, boolean again) {
        // Before anybody can know that it has ended.
        networking.settleNames(container, again);
        ContainerState next = again ? ContainerState.RESTARTING : ContainerState.EXITED;
        ContainerStatus ended = container.status().ended(next, exit.status().shellCode(), exit.oomKilled(), exit.at());
        // Whoever waits for the end tells of a stop, which is to come after it.
        save(container, ended, () -> tellEnd(container, exit.oomKilled(), again));
    }

    private void tellEnd(Container container, boolean oomKilled, boolean again) {
        if (oomKilled) {
            tell(container, Action.OUT_OF_MEMORY, Map.of());
        }
        String why = oomKilled ? "killed for want of memory" : again ? "restarting" : "";
        tellExit(container, Status.DONE, why);
    }

    private void restartIn(Container container, Duration pause) {
        restarts.schedule(container, pause, () -> restart(container));
    }

    /** Goes on with a restart that is planned, if nobody has begun it yet. */
    public void resumeRestart(Container container) {
        restartIn(container, Duration.ZERO);
    }

    private void restart(Container container) {
        container.lock().lock();
        try {
            if (container.status().state() == ContainerState.RESTARTING) {
                restarts.begun(container);
                restart(container, container.status().restarts() + 1);
            }
        } finally {
            container.lock().unlock();
        }
    }

    /** What keeps it from starting, a full disk or a lost mount, may pass: so the policy holds for that as well. */
    private void restart(Container container, int count) {
        try {
            begin(container, count);
        } catch (IOException | RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            int code = exitCode(e);
            Optional<Duration> pause = restarts.after(container, code, count, Duration.ZERO);
            log.warn("cannot restart {}{}: {}", container, pause.isPresent() ? ", but will try again" : "", why);
            ContainerState next = pause.isPresent() ? ContainerState.RESTARTING : ContainerState.EXITED;
            save(container, container.status().restartFailed(next, count, code, why, clock.instant()));
            networking.settleNames(container, pause.isPresent());
            tellExit(container, Status.WARNING, "cannot be restarted: " + why);
            pause.ifPresent(delay -> restartIn(container, delay));
        }
    }

    /** Gives up a restart that is still to come. The caller holds the lock. */
    void cancelRestart(Container container) {
        restarts.cancel(container);
        if (container.status().state() == ContainerState.RESTARTING) {
            networking.settleNames(container, false);
            save(container, container.status().in(ContainerState.EXITED));
        }
    }

    /** The connections of a running container are others now. The caller holds the lock. */
    void reconnected(Container container, Connection changed) {
        live.computeIfPresent(container.config().id(), (id, now) -> now.with(changed));
        save(container, container.status().connected(changed.attachments(), changed.ports()));
    }

    /**
     * Somebody has sent a signal that usually ends a container: if it has survived it after {@code patience}, a later
     * end is not what was asked for, and the restart policy holds again.
     */
    void forgiveAfter(Container container, Duration patience) {
        Instant startedAt = container.status().startedAt();
        timers.schedule(
                () -> workers.execute(() -> forgive(container, startedAt)), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void forgive(Container container, @Nullable Instant startedAt) {
        container.lock().lock();
        try {
            ContainerStatus status = container.status();
            if (status.isAlive() && status.stoppedByUser() && Objects.equals(status.startedAt(), startedAt)) {
                save(container, status.stopRequested(false));
            }
        } finally {
            container.lock().unlock();
        }
    }

    /** Forgets a container that is removed. */
    void forget(Container container) {
        logs.forget(container);
        health.forget(container);
        restarts.forget(container);
    }

    /** What cannot be written, on a full disk for example, is so nevertheless; the next engine finds it out again. */
    void save(Container container, ContainerStatus status) {
        save(container, status, () -> {});
    }

    private void save(Container container, ContainerStatus status, Runnable told) {
        container.status(status, told);
        try {
            write(container, status);
        } catch (StateException e) {
            log.error("what {} is doing now is not written down: {}", container, e.getMessage());
        }
    }

    private void write(Container container, ContainerStatus status) {
        stateFiles.write(container.files().status(), status, Durability.PROCESS);
    }

    /** Tells whoever follows the events what happened to a container; {@code attributes} beside the usual ones. */
    public void tell(Container container, String action, Map<String, String> attributes) {
        tell(container, action, Status.DONE, "", attributes);
    }

    private void tell(
            Container container, String action, Status status, String detail, Map<String, String> attributes) {
        ContainerConfig config = container.config();
        Map<String, String> all = new HashMap<>(attributes);
        all.put("service", config.service());
        all.put("image", container.imageName());
        new Events(config.project(), clock, bus).container(config.id(), config.name(), action, status, detail, all);
    }

    private void tellExit(Container container, Status status, String detail) {
        String code = Integer.toString(container.status().exitCode());
        tell(container, Action.EXITED, status, detail, Map.of("exitCode", code));
    }
}
