package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.event.Events;
import dev.jcompose.model.Namespaces;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                .filter(owner -> !left(owner).isEmpty())
                .ifPresent(owner -> {
                    Thread thread = new Thread(() -> follow(owner), "followers of " + owner);
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    /** Those that run, and that shared what the container had before its present start. */
    private List<Container> left(Container owner) {
        Instant since = owner.status().startedAt();
        List<Container> all = parts.table().ofProject(owner.config().project());
        Optional<Container> first = all.stream()
                .filter(c -> c.config().service().equals(owner.config().service())
                        && c.status().isAlive())
                .findFirst();
        if (since == null || first.isEmpty() || !first.get().equals(owner)) {
            return List.of();
        }
        return all.stream()
                .filter(container ->
                        shares(container, owner) && container.status().isAlive())
                .filter(container -> isBefore(container.status().startedAt(), since))
                .toList();
    }

    private static boolean isBefore(@Nullable Instant time, Instant other) {
        return time != null && time.isBefore(other);
    }

    private static boolean shares(Container container, Container owner) {
        Namespaces shared = container.service().namespaces();
        return Stream.of(
                        Optional.ofNullable(shared.network()),
                        Optional.ofNullable(shared.pid()),
                        Optional.ofNullable(shared.ipc()))
                .flatMap(Optional::stream)
                .anyMatch(mode -> mode.equals("service:" + owner.config().service())
                        || mode.equals("container:" + owner.config().name())
                        || mode.equals("container:" + owner.config().id()));
    }

    private void follow(Container owner) {
        try (ProjectLocks.Held held = locks.take(owner.config().project())) {
            Events events = new Events(owner.config().project(), parts.clock(), parts.bus());
            for (Container container : left(owner)) {
                restart(container, events);
            }
        }
    }

    private void restart(Container container, Events events) {
        try {
            tell(events, container, Action.RESTARTING, Status.WORKING);
            parts.stopper().stop(container, null).join();
            parts.supervisor().start(container);
            tell(events, container, Action.STARTED, Status.DONE);
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
