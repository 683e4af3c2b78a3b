package dev.jcompose.engine.logs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The logs of several containers as one, by time: of the lines that are there, the oldest is next. What comes later is
 * not waited for, so live lines are in order as far as they have been written when they are asked for.
 *
 * <p>{@link #add} and the signals may come from any thread; all else is for one thread at a time. Closes its readers.
 */
public final class LogMerge implements AutoCloseable {
    private final Queue<Source> added = new ConcurrentLinkedQueue<>();
    private final List<Source> idle = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparing((Head head) -> head.line.time()).thenComparingLong(Head::order));
    private volatile Runnable onMore = () -> {};
    private long order;

    /**
     * A line and whose it is.
     *
     * @param source the name that was given to {@link #add}
     */
    public record Entry(String source, LogLine line) {}

    private record Head(LogLine line, Source source, long order) {}

    private static final class Source {
        private final String name;
        private final LogReader reader;
        private final LogSignal signal;
        private LogSignal.@Nullable Subscription subscription;
        private volatile boolean changed = true;

        private Source(String name, LogReader reader, LogSignal signal) {
            this.name = name;
            this.reader = reader;
            this.signal = signal;
        }
    }

    /**
     * Adds a log, which is followed until its signal has ended and it is read to its end; an ended signal therefore
     * gives what is there. Take the signal before opening the reader, or lines may be waited for in vain.
     */
    public void add(String name, LogReader reader, LogSignal signal) {
        reader.stopAt(signal::endsAt);
        Source source = new Source(name, reader, signal);
        source.subscription = signal.subscribe(() -> {
            source.changed = true;
            onMore.run();
        });
        added.add(source);
        onMore.run();
    }

    /** The next line; null when there is none now. */
    public @Nullable Entry next() throws IOException {
        for (Source source = added.poll(); source != null; source = added.poll()) {
            idle.add(source);
        }
        for (Iterator<Source> sources = idle.iterator(); sources.hasNext(); ) {
            Source source = sources.next();
            if (source.changed && refill(source)) {
                sources.remove();
            }
        }
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        if (!refill(head.source)) {
            idle.add(head.source);
        }
        return new Entry(head.source.name, head.line);
    }

    /** Whether all logs have been read to their end; another may still be added. */
    public boolean isDone() {
        return heads.isEmpty() && idle.isEmpty() && added.isEmpty();
    }

    /** Is called when {@link #next} may have something again, or {@link #isDone} may have become true. */
    public void onMore(Runnable action) {
        onMore = action;
    }

    /** Closes all readers. Not while another thread is in {@link #next}. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        List<Source> all = new ArrayList<>(idle);
        all.addAll(added);
        heads.forEach(head -> all.add(head.source));
        for (Source source : all) {
            try {
                release(source);
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Puts the source's next line among the heads; false if it has none. True too when it is at its end, and gone. */
    private boolean refill(Source source) throws IOException {
        // In this order: what is written after the look is told of again.
        boolean ended = source.signal.isEnded();
        source.changed = false;
        LogLine line = source.reader.next();
        if (line != null) {
            source.changed = true;
            heads.add(new Head(line, source, order++));
            return true;
        }
        if (ended || source.reader.isDone()) {
            for (LogLine rest : source.reader.rest()) {
                heads.add(new Head(rest, source, order++));
            }
            release(source);
            return true;
        }
        return false;
    }

    private static void release(Source source) throws IOException {
        LogSignal.Subscription subscription = source.subscription;
        if (subscription != null) {
            subscription.close();
        }
        source.reader.close();
    }
}
