package dev.jcompose.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.event.Events;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventJournalTest {
    private static final Instant NOW = Instant.parse("2026-01-02T15:04:05Z");

    private final EventBus bus = new EventBus();
    private final EventJournal journal = new EventJournal(new ContainerTable(), bus);
    private final Events events = new Events("p", Clock.fixed(NOW, ZoneOffset.UTC), bus);
    private final List<String> heard = new ArrayList<>();

    @Test
    void whatHappensFromTheBeginningOnIsHeard() throws Exception {
        follow(null, () -> created("web"));

        assertThat(heard).containsExactly("web");
    }

    @Test
    void whatHappenedBeforeIsHeardByThoseWhoAskForIt() throws Exception {
        created("db");
        follow(NOW.minusSeconds(1), () -> heard.add("begun"));
        follow(NOW.plusSeconds(1), () -> heard.add("begun later"));

        assertThat(heard).containsExactly("begun", "db", "begun later");
    }

    @Test
    void nothingIsHeardAfterTheEnd() throws Exception {
        follow(null, () -> {});
        created("web");

        assertThat(heard).isEmpty();
    }

    private void created(String name) {
        events.resource(Resource.NETWORK, name, Action.CREATED, Status.DONE, "");
    }

    /** Ends at once, because the end that it waits for has been. */
    private void follow(@Nullable Instant since, Runnable begun) throws InterruptedException {
        EventsRequest request = new EventsRequest(Optional.empty(), since, NOW.plusMillis(1));
        journal.follow(request, NOW.plusSeconds(1), begun, event -> heard.add(event.name()));
    }
}
