package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.wire.DockerActions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last events that Docker has words for, for those who ask what has happened, and all that come after. Events of
 * containers have the container's id, image and labels here, also after it has been removed. Thread-safe.
 */
final class EventJournal {
    /** Docker keeps 256. */
    private static final int KEPT = 512;
    /** Of further commands in containers: health checks must not displace all else. */
    private static final int KEPT_COMMANDS = 128;

    private static final Set<String> COMMANDS = Set.of(Action.EXEC_CREATED, Action.EXEC_STARTED, Action.EXEC_DIED);

    private final ContainerTable table;
    private final Deque<Event> last = new ArrayDeque<>();
    private final Deque<Event> lastCommands = new ArrayDeque<>();
    private final List<EventFollower> followers = new ArrayList<>();
    /** What is known of containers, by name, until they are removed. */
    private final Map<String, Known> known = new HashMap<>();

    private record Known(String id, Map<String, String> attributes) {}

    EventJournal(ContainerTable table, EventBus bus) {
        this.table = table;
        EventBus.Subscription forEver = bus.subscribe(this::happened);
        assert forEver != null;
    }

    private synchronized void happened(Event event) {
        Known container = event.resource() == Event.Resource.CONTAINER ? known(event.name()) : null;
        boolean kept = DockerActions.of(event).isPresent();
        if (!kept && followers.isEmpty()) {
            return;
        }
        Event whole = container == null ? event : completed(event, container);
        if (kept && COMMANDS.contains(whole.action())) {
            keep(lastCommands, whole, KEPT_COMMANDS);
        } else if (kept) {
            keep(last, whole, KEPT);
        }
        followers.forEach(follower -> follower.take(whole));
    }

    private static void keep(Deque<Event> events, Event event, int count) {
        if (events.size() == count) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /** Of one that has been removed, for the last time. */
    private @Nullable Known known(String name) {
        Container now = table.byName(name).orElse(null);
        if (now == null) {
            return known.remove(name);
        }
        Known before = known.get(name);
        if (before != null && before.id().equals(now.config().id())) {
            return before;
        }
        Map<String, String> attributes = new LinkedHashMap<>(now.config().labels());
        attributes.put("image", now.imageName());
        Known found = new Known(now.config().id(), attributes);
        known.put(name, found);
        return found;
    }

    private static Event completed(Event event, Known container) {
        Map<String, String> attributes = new LinkedHashMap<>(container.attributes());
        attributes.putAll(event.attributes());
        return new Event(
                event.time(),
                event.resource(),
                event.project(),
                event.id().isEmpty() ? container.id() : event.id(),
                event.name(),
                event.action(),
                event.status(),
                event.detail(),
                attributes);
    }

    /**
     * Hands over what was asked for, in order, until the end or until the thread is interrupted.
     *
     * @param begun is called when nothing is missed any more
     */
    void follow(EventsRequest request, Instant now, Runnable begun, EventListener listener)
            throws InterruptedException {
        EventFollower follower = new EventFollower(request);
        try {
            synchronized (this) {
                if (request.since() != null) {
                    Stream.concat(last.stream(), lastCommands.stream())
                            .sorted(Comparator.comparing(Event::time))
                            .forEach(follower::take);
                }
                followers.add(follower);
            }
            begun.run();
            follower.handOver(now, listener);
        } finally {
            synchronized (this) {
                followers.remove(follower);
            }
        }
    }
}
