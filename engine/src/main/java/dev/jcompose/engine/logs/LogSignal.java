package dev.jcompose.engine.logs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tells those who follow a log that there is more, or that there will be no more. Thread-safe. */
public final class LogSignal {
    private final List<Runnable> subscribers = new CopyOnWriteArrayList<>();
    private volatile @Nullable LogPosition endsAt;
    private volatile boolean ended;

    /** What {@link #subscribe} gives, to be closed when it is no longer wanted. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Calls {@code onMore} whenever the log has grown, and when it has ended. That is on the thread that writes the
     * logs of all containers: it only hands on.
     */
    public Subscription subscribe(Runnable onMore) {
        subscribers.add(onMore);
        return () -> subscribers.remove(onMore);
    }

    /** Whether nothing more is written; what is there may not have been read yet. */
    public boolean isEnded() {
        return ended;
    }

    /** The log has grown. */
    public void changed() {
        subscribers.forEach(Runnable::run);
    }

    /** There will be no more. */
    public void end() {
        ended = true;
        changed();
    }

    /** There will be no more; what follows behind {@code position} is told of by another signal. */
    public void end(LogPosition position) {
        endsAt = position;
        end();
    }

    /** Where what this signal tells of ends; null if it has not ended, or the end of the log is meant. */
    @Nullable
    LogPosition endsAt() {
        return endsAt;
    }
}
