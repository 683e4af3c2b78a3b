package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.network.ContainerNetworking;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import dev.jcompose.engine.supervise.HealthStatus;
import dev.jcompose.engine.supervise.RestartBackoff;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.model.RestartPolicy;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.LaunchException;
import dev.jcompose.runtime.container.ContainerExit;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
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
    private final Map<String, RestartBackoff> backoffs = new ConcurrentHashMap<>();
    private final Map<String, ScheduledFuture<?>> pendingRestarts = new ConcurrentHashMap<>();

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
            backoffs.remove(container.config().id());
            begin(container, 0);
            return true;
        } finally {
            container.lock().unlock();
        }
    }

    private void begin(Container container, int restarts) throws IOException {
        AtomicReference<ContainerStatus> noted = new AtomicReference<>(container.status());
        ContainerStarter.Started started;
        try {
            started = starter.start(container, (process, connection) -> {
                ContainerStatus status = container
                        .status()
                        .started(
                                process,
                                bootId,
                                clock.instant(),
                                restarts,
                                connection.attachments(),
                                connection.ports());
                write(container, status);
                noted.set(status);
            });
        } catch (IOException e) {
            int code = e instanceof LaunchException launch ? launch.exitCode() : LaunchException.FAILED;
            save(container, container.status().failed(code, String.valueOf(e.getMessage()), clock.instant()));
            networking.settleNames(container, false);
            throw e;
        }
        watch(container, started, Objects.requireNonNull(noted.get()));
        failpoint.reached("start: watched");
    }

    /** Takes a container over that another engine left running. */
    void takeOver(Container container, ContainerStarter.Started started, ContainerStatus status) throws IOException {
        starter.takeOver(container);
        watch(container, started, status);
    }

    private void watch(Container container, ContainerStarter.Started started, ContainerStatus status)
            throws IOException {
        EventLoop.Registration exitWatch =
                loop.register(started.running().exitFd(), EventCalls.EPOLLIN, events -> exitSeen(container));
        live.put(
                container.config().id(),
                new LiveContainer(started.running(), started.log(), started.connection(), exitWatch));
        boolean checked = health.begin(container, started.running(), now -> healthChanged(container, now));
        container.change(new Container.Snapshot(status, checked ? HealthStatus.STARTING : HealthStatus.NONE));
    }

    private void healthChanged(Container container, HealthStatus now) {
        container.health(now);
        boolean bad = now == HealthStatus.UNHEALTHY;
        event(container, bad ? Action.UNHEALTHY : Action.HEALTHY, bad ? Status.WARNING : Status.DONE, "");
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
            if (!ended.equals(live.get(container.config().id()))) {
                return;
            }
            health.end(container);
            ContainerExit exit = ended.running().exit().orElseThrow();
            closeLog(container, ended);
            failpoint.reached("end: log closed");
            networking.disconnect(container, ended.connection());
            failpoint.reached("end: disconnected");
            ended.running().close();
            starter.ended(container);
            live.remove(container.config().id());
            // Its exit status is in the directory that goes next.
            noteEnd(container, exit);
            networking.settleNames(container, comesBack(container));
            failpoint.reached("end: noted");
            runtime.delete(container.config().id(), container.files().run());
            failpoint.reached("end: deleted");
        } catch (IOException | RuntimeException e) {
            log.error("container {} has ended, but cannot be cleaned up", container, e);
        } finally {
            container.lock().unlock();
        }
    }

    /** A log that cannot be written must not keep the container's end from being noticed. */
    private void closeLog(Container container, LiveContainer ended) {
        try {
            logs.close(container, ended.log(), ended.running());
        } catch (IOException e) {
            log.error("the last output of {} is lost: {}", container, e.getMessage());
        }
    }

    /** Writes down how a container ended, and starts it again later if its policy says so. */
    void noteEnd(Container container, ContainerExit exit) {
        note(container, exit).ifPresent(pause -> scheduleRestart(container, pause));
    }

    /**
     * Likewise for one that ended with the machine: if it is to run again, somebody starts it in the order of the
     * dependencies, or has it started by {@link #resumeRestart}.
     *
     * @return whether it is to run again
     */
    boolean noteLost(Container container, ContainerExit exit) {
        return note(container, exit).isPresent();
    }

    private Optional<Duration> note(Container container, ContainerExit exit) {
        ContainerStatus status = container.status();
        int code = exit.status().shellCode();
        Instant startedAt = status.startedAt() == null ? exit.at() : status.startedAt();
        Optional<Duration> delay = backoffs.computeIfAbsent(container.config().id(), id -> new RestartBackoff())
                .afterExit(
                        container.config().oneOff()
                                ? RestartPolicy.parse("no")
                                : container.service().restartPolicy(),
                        code,
                        status.restarts(),
                        status.stoppedByUser(),
                        Duration.between(startedAt, exit.at()));
        ContainerState next = delay.isPresent() ? ContainerState.RESTARTING : ContainerState.EXITED;
        saveEnd(container, status.ended(next, code, exit.oomKilled(), exit.at()));
        event(
                container,
                Action.EXITED,
                Status.DONE,
                exit.oomKilled() ? "killed for want of memory" : delay.isPresent() ? "restarting" : "");
        return delay;
    }

    private void scheduleRestart(Container container, Duration delay) {
        pendingRestarts.put(
                container.config().id(),
                timers.schedule(
                        () -> workers.execute(() -> restart(container)), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Goes on with a restart that is planned, if nobody has begun it yet. */
    public void resumeRestart(Container container) {
        scheduleRestart(container, Duration.ZERO);
    }

    private void restart(Container container) {
        container.lock().lock();
        try {
            if (container.status().state() != ContainerState.RESTARTING) {
                return;
            }
            pendingRestarts.remove(container.config().id());
            int restarts = container.status().restarts() + 1;
            begin(container, restarts);
            event(container, Action.STARTED, Status.DONE, "");
        } catch (IOException e) {
            log.warn("cannot restart {}: {}", container, e.getMessage());
        } finally {
            container.lock().unlock();
        }
    }

    /** Gives up a restart that is still to come. The caller holds the lock. */
    void cancelRestart(Container container) {
        ScheduledFuture<?> pending = pendingRestarts.remove(container.config().id());
        if (pending != null) {
            pending.cancel(false);
        }
        if (container.status().state() == ContainerState.RESTARTING) {
            save(container, container.status().in(ContainerState.EXITED));
            networking.settleNames(container, false);
        }
    }

    private static boolean comesBack(Container container) {
        return container.status().state() == ContainerState.RESTARTING;
    }

    /**
     * Does something that stops containers and starts them again: meanwhile they are found by their names, at the
     * addresses that they will have again.
     */
    public void restarting(Collection<Container> containers, Runnable work) {
        containers.forEach(networking::keepNames);
        try {
            work.run();
        } finally {
            containers.forEach(container -> networking.releaseNames(container, comesBack(container)));
        }
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
        backoffs.remove(container.config().id());
    }

    void save(Container container, ContainerStatus status) {
        container.status(status);
        write(container, status);
    }

    private void write(Container container, ContainerStatus status) {
        stateFiles.write(container.files().status(), status, Durability.PROCESS);
    }

    /** What cannot be written, on a full disk for example, is so nevertheless; the next engine finds it out again. */
    private void saveEnd(Container container, ContainerStatus status) {
        try {
            save(container, status);
        } catch (StateException e) {
            log.error("the end of {} is not written down: {}", container, e.getMessage());
        }
    }

    private void event(Container container, String action, Status status, String detail) {
        ContainerConfig config = container.config();
        new Events(config.project(), clock, bus)
                .container(
                        config.id(),
                        config.name(),
                        action,
                        status,
                        detail,
                        Map.of(
                                "service", config.service(),
                                "image", container.imageName(),
                                "exitCode", Integer.toString(container.status().exitCode())));
    }
}
