package dev.jcompose.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.EventListener;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventRelayTest {
    private final CountDownLatch reads = new CountDownLatch(1);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    void whoDoesNotListenKeepsOnlyTheEndWaiting() {
        EventRelay relay = new EventRelay(suspended());
        relay.on(event("a", Status.WORKING));
        relay.on(event("b", Status.DONE));
        assertThat(heard).isEmpty();
        reads.countDown();
        relay.close();
        assertThat(heard).containsExactly("a", "b");
    }

    @Test
    void ofThousandsThatWaitThoseAreKeptThatSayHowSomethingEnded() {
        EventRelay relay = new EventRelay(suspended());
        for (int i = 0; i < 10_000; i++) {
            relay.on(event("w", Status.WORKING));
        }
        relay.on(event("done", Status.DONE));
        relay.on(event("bad", Status.WARNING));
        reads.countDown();
        relay.close();
        assertThat(heard).hasSizeLessThan(9_000).endsWith("w", "done", "bad");
    }

    @Test
    void aListenerThatFailsIsAFailureOfTheCommandAtItsEnd() {
        EventRelay relay = new EventRelay(event -> {
            throw new IllegalStateException("gone");
        });
        relay.on(event("a", Status.DONE));
        relay.on(event("b", Status.DONE));
        assertThatThrownBy(relay::close).hasMessage("gone");
    }

    private EventListener suspended() {
        return event -> {
            try {
                reads.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            heard.add(event.name());
        };
    }

    private static Event event(String name, Status status) {
        return new Event(Instant.EPOCH, Resource.CONTAINER, "p", "id", name, "Starting", status, "", Map.of());
    }
}
