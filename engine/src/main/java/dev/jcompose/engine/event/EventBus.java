package dev.jcompose.engine.event;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands every event to every subscriber, on the thread on which it happened. Thread-safe. */
public final class EventBus implements EventListener {
    private static final Logger log = LoggerFactory.getLogger(EventBus.class);

    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();

    /** Ends a subscription. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Calls the listener from now on; it must not block and must not throw. */
    public Subscription subscribe(EventListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void on(Event event) {
        for (EventListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                // One client's broken connection must not keep an operation from going on.
                log.debug("a listener failed on {}", event, e);
            }
        }
    }
}
