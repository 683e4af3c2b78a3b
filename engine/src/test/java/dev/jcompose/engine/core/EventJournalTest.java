package dev.jcompose.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
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

    @Test
    void whoDoesNotReadKeepsNobodyWaiting() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        EventsRequest request = new EventsRequest(Optional.empty(), null, null);
        Thread client =
                new Thread(() -> assertThatThrownBy(() -> journal.follow(request, NOW, stuck::countDown, event -> {
                            heard.add(event.name());
                            try {
                                reads.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        }))
                        .isInstanceOf(EngineException.class)
                        .hasMessageEndingWith("some are lost"));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        client.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        client.start();
        stuck.await();
        for (int i = 0; i < 10_000; i++) {
            created("n" + i);
        }
        reads.countDown();
        client.join();
        assertThat(failure).hasNullValue();
        assertThat(heard).hasSizeBetween(8192, 8193).startsWith("n0", "n1");
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
