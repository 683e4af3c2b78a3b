package dev.jcompose.engine.core;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.Container.Snapshot;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.lifecycle.Signals;
import dev.jcompose.runtime.LaunchException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is done to one container: everything that its project's plans do not do. */
final class ContainerCommands {
    private final EngineParts parts;

    ContainerCommands(EngineParts parts) {
        this.parts = parts;
    }

    boolean start(String name) {
        Container container = parts.table().find(name);
        if (container.status().state() == ContainerState.PAUSED) {
            throw new EngineException(
                    Kind.CONFLICT, "container " + container + " is paused: unpause it instead of starting it");
        }
        return start(container);
    }

    private boolean start(Container container) {
        try {
            return parts.supervisor().start(container);
        } catch (LaunchException e) {
            // It says itself what could not be started.
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw failed("start", container, e);
        }
    }

    boolean stop(String name, @Nullable Integer graceSeconds) {
        return stop(parts.table().find(name), graceSeconds);
    }

    private boolean stop(Container container, @Nullable Integer graceSeconds) {
        boolean alive = container.status().isAlive();
        Duration grace = graceSeconds == null ? null : Duration.ofSeconds(graceSeconds);
        Await.done(parts.stopper().stop(container, grace), null, "");
        if (alive) {
            tell(container, Action.STOPPED, Map.of());
        }
        return alive;
    }

    void restart(String name, @Nullable Integer graceSeconds) {
        Container container = parts.table().find(name);
        parts.membership().restarting(List.of(container), () -> {
            stop(container, graceSeconds);
            start(container);
        });
    }

    void kill(String name, String signalName) {
        int signal;
        try {
            signal = Signals.parse(signalName);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
        Container container = parts.table().find(name);
        if (!container.status().isAlive()) {
            throw new EngineException(
                    Kind.CONFLICT, "cannot kill container " + container + ": container is not running");
        }
        parts.stopper().killByUser(container, signal);
        tell(container, Action.KILLED, Map.of("signal", Integer.toString(signal)));
    }

    void pause(String name) {
        Container container = parts.table().find(name);
        container.lock().lock();
        try {
            ContainerState state = container.status().state();
            if (state == ContainerState.PAUSED) {
                throw new EngineException(Kind.CONFLICT, "container " + container + " is already paused");
            }
            if (state != ContainerState.RUNNING) {
                throw new EngineException(Kind.CONFLICT, "container " + container + " is not running");
            }
            parts.stopper().pause(container);
        } finally {
            container.lock().unlock();
        }
        tell(container, Action.PAUSED, Map.of());
    }

    void unpause(String name) {
        Container container = parts.table().find(name);
        container.lock().lock();
        try {
            if (container.status().state() != ContainerState.PAUSED) {
                throw new EngineException(Kind.CONFLICT, "container " + container + " is not paused");
            }
            parts.stopper().resume(container);
        } finally {
            container.lock().unlock();
        }
        tell(container, Action.UNPAUSED, Map.of());
    }

    int await(String name, WaitCondition condition, Runnable begun) {
        Container container = parts.table().find(name);
        CompletableFuture<Void> done = switch (condition) {
            case NOT_RUNNING -> container.when(now -> !now.status().isAlive()).thenAccept(now -> {});
            case NEXT_EXIT -> nextExit(container).thenAccept(now -> {});
            case REMOVED -> container.removed();
        };
        begun.run();
        Await.done(done, null, "");
        return container.status().exitCode();
    }

    private static CompletableFuture<Snapshot> nextExit(Container container) {
        @Nullable Instant before = container.status().finishedAt();
        return container.when(now -> {
            Instant end = now.status().finishedAt();
            return !now.status().isAlive() && end != null && !Objects.equals(end, before);
        });
    }

    AttachSession attach(AttachRequest request) {
        Container container = parts.table().find(request.container());
        if (container.status().state() == ContainerState.PAUSED) {
            throw new EngineException(
                    Kind.CONFLICT, "container " + container + " is paused: unpause it before you attach to it");
        }
        try {
            AttachSession session = new AttachedClient(parts, container, request);
            tell(container, Action.ATTACHED, Map.of());
            return session;
        } catch (IOException e) {
            throw failed("attach to", container, e);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    void remove(String name, boolean force, boolean volumes) {
        Container container = parts.table().find(name);
        if (container.status().isAlive()) {
            if (!force) {
                throw new EngineException(
                        Kind.CONFLICT, "cannot remove container " + container + ": it is running; stop it or force it");
            }
            stop(container, 0);
        }
        try {
            parts.stopper().remove(container, volumes);
        } catch (IOException e) {
            throw failed("remove", container, e);
        }
        tell(container, Action.REMOVED, Map.of());
    }

    private static EngineException failed(String verb, Container container, IOException e) {
        return new EngineException(Kind.FAILED, "cannot " + verb + " " + container + ": " + e.getMessage(), e);
    }

    private void tell(Container container, String action, Map<String, String> attributes) {
        parts.supervisor().tell(container, action, attributes);
    }
}
