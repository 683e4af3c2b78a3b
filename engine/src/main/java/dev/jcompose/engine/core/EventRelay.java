package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tells who asked for an operation what happens in it, on a thread of its own. Events happen on threads that all
 * operations share: a client that is suspended, or whose terminal is, must keep only its own command waiting.
 */
final class EventRelay implements EventListener, AutoCloseable {
    /** Beyond that, what is only under way is not told any more. */
    private static final int MANY = 8192;

    private final EventListener listener;
    /** The end is an empty one. */
    private final BlockingQueue<Optional<Event>> waiting = new LinkedBlockingQueue<>();

    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    /** Begins; {@code listener} may block, and throw. */
    EventRelay(EventListener listener) {
        this.listener = listener;
        this.thread = new Thread(this::tell, "events of a command");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void on(Event event) {
        if (failure == null && (waiting.size() < MANY || event.status() != Event.Status.WORKING)) {
            waiting.add(Optional.of(event));
        }
    }

    private void tell() {
        try {
            for (Optional<Event> next = waiting.take(); next.isPresent(); next = waiting.take()) {
                listener.on(next.get());
            }
        } catch (RuntimeException e) {
            failure = e;
            waiting.clear();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody knows this thread", e);
        }
    }

    /**
     * Waits until all is told.
     *
     * @throws RuntimeException what the listener has thrown
     */
    @Override
    public void close() {
        waiting.add(Optional.empty());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
