package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.event.Events;
import dev.jcompose.model.Namespaces;
import dev.jcompose.runtime.container.ContainerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts containers that share the namespaces of another one when that has started again: what they share has ended
 * with its processes, and they would be alone in it. Commands that restart the other one take them along themselves;
 * this is for a crash.
 */
final class NamespaceFollowers {
    private static final Logger log = LoggerFactory.getLogger(NamespaceFollowers.class);

    private final EngineParts parts;
    private final ProjectLocks locks;

    NamespaceFollowers(EngineParts parts, ProjectLocks locks) {
        this.parts = parts;
        this.locks = locks;
    }

    /** Something happened: on a thread of its own, because a stop takes time. */
    void happened(Event event) {
        if (event.resource() != Event.Resource.CONTAINER || !event.action().equals(Action.STARTED)) {
            return;
        }
        parts.table()
                .byName(event.name())
                .filter(owner -> left(owner).findAny().isPresent())
                .ifPresent(owner -> {
                    Thread thread = new Thread(() -> follow(owner), "followers of " + owner);
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    /** Those that run, were meant to share something with this container or its like, and share it with none. */
    private Stream<Container> left(Container owner) {
        return parts.table().stream()
                .filter(container -> container.status().isAlive() && container != owner)
                .filter(container -> isAlone(container, owner));
    }

    private boolean isAlone(Container container, Container owner) {
        Namespaces shared = container.service().namespaces();
        return isAlone(container, owner, shared.network(), "net")
                || isAlone(container, owner, shared.pid(), "pid")
                || isAlone(container, owner, shared.ipc(), "ipc");
    }

    private boolean isAlone(Container container, Container owner, @Nullable String mode, String kind) {
        if (mode == null || !means(mode, container, owner)) {
            return false;
        }
        Optional<String> own = namespace(container, kind);
        return own.isPresent()
                && parts.table().stream()
                        .filter(other -> other.status().isAlive() && means(mode, container, other))
                        .noneMatch(other -> own.equals(namespace(other, kind)));
    }

    /** Whether a mode in the service of {@code container} can mean {@code owner}. */
    private static boolean means(String mode, Container container, Container owner) {
        return mode.equals("container:" + owner.config().name())
                || mode.equals("container:" + owner.config().id())
                || (mode.equals("service:" + owner.config().service())
                        && container.config().project().equals(owner.config().project()));
    }

    /** The kernel's name of it; empty when the process is gone. */
    private static Optional<String> namespace(Container container, String kind) {
        ContainerProcess process = container.status().process();
        if (process == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/" + kind))
                    .toString());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Looks again when no command works on the project: most that restart the one restart the other as well. */
    private void follow(Container owner) {
        Set<String> projects =
                left(owner).map(container -> container.config().project()).collect(Collectors.toSet());
        for (String project : projects) {
            try (ProjectLocks.Held held = locks.take(project)) {
                Events events = new Events(project, parts.clock(), parts.bus());
                left(owner)
                        .filter(container -> container.config().project().equals(project))
                        .forEach(container -> restart(container, events));
            }
        }
    }

    private void restart(Container container, Events events) {
        try {
            tell(events, container, Action.RESTARTING, Status.WORKING);
            parts.stopper().stop(container, null).join();
            parts.supervisor().start(container);
        } catch (IOException | RuntimeException e) {
            log.warn("cannot restart {} with the container whose namespace it shares: {}", container, e.getMessage());
        }
    }

    private static void tell(Events events, Container container, String action, Status status) {
        events.container(
                container.config().id(),
                container.config().name(),
                action,
                status,
                "",
                Map.of("service", container.config().service()));
    }
}
