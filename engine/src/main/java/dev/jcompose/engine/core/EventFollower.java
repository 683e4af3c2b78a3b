package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.EventsRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes events where they happen, and hands them over on the thread of who asked for them: a client that does not read
 * keeps nobody else waiting.
 */
final class EventFollower {
    /** Of several starts of the largest stacks. */
    private static final int MOST_WAITING = 8192;

    private final EventsRequest request;
    private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean overflown;

    EventFollower(EventsRequest request) {
        this.request = request;
    }

    /** Takes an event, if it is one that is asked for. Does not block. */
    void take(Event event) {
        if (isWanted(event) && !overflown && !waiting.offer(event)) {
            overflown = true;
        }
    }

    private boolean isWanted(Event event) {
        boolean ours = request.project().isEmpty() || request.project().get().equals(event.project());
        boolean early = request.since() != null && event.time().isBefore(request.since());
        boolean late = request.until() != null && !event.time().isBefore(request.until());
        return ours && !early && !late;
    }

    /**
     * Hands over what has been taken, in order, until the end that was asked for or until the thread is interrupted.
     *
     * @throws EngineException when more has happened than is kept for who does not read
     */
    void handOver(Instant now, EventListener listener) throws InterruptedException {
        Instant until = request.until();
        long end = until == null ? 0 : millis() + Duration.between(now, until).toMillis();
        for (Event event = next(until, end); event != null; event = next(until, end)) {
            listener.on(event);
        }
    }

    private @Nullable Event next(@Nullable Instant until, long end) throws InterruptedException {
        if (overflown && waiting.isEmpty()) {
            throw new EngineException(
                    Kind.FAILED,
                    "more than " + MOST_WAITING + " events have happened that nobody has read: some are lost");
        }
        return until == null ? waiting.take() : waiting.poll(end - millis(), TimeUnit.MILLISECONDS);
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
