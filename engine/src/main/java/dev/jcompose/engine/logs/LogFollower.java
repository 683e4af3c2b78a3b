package dev.jcompose.engine.logs;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands the lines of a {@link LogMerge} to a sink as they come, in tasks of an executor: one at a time, and none while
 * there is nothing to do, so that a follower without lines costs no thread.
 */
public final class LogFollower implements AutoCloseable {
    private final LogMerge merge;
    private final Executor executor;
    private final Sink sink;
    private final AtomicInteger wishes = new AtomicInteger();
    private volatile boolean cancelled;
    private boolean ended;

    /** Takes lines. May block, which holds up this follower only, but occupies a thread of the executor. */
    public interface Sink {
        /** Takes a line; an exception ends the following. */
        void line(LogMerge.Entry entry) throws IOException;

        /** Has been given all that there is for now: the moment to flush. */
        void pause() throws IOException;

        /** Gets nothing more: all logs have ended, or reading or the sink itself has failed. Called once. */
        void end(Optional<Exception> failure);
    }

    private LogFollower(LogMerge merge, Executor executor, Sink sink) {
        this.merge = merge;
        this.executor = executor;
        this.sink = sink;
    }

    /** Begins to follow; the merge is closed at the end. */
    public static LogFollower start(LogMerge merge, Executor executor, Sink sink) {
        LogFollower follower = new LogFollower(merge, executor, sink);
        merge.onMore(follower::wake);
        follower.wake();
        return follower;
    }

    /** Ends the following soon; the sink is told. */
    @Override
    public void close() {
        cancelled = true;
        wake();
    }

    private void wake() {
        if (wishes.getAndIncrement() == 0) {
            executor.execute(this::work);
        }
    }

    private void work() {
        int seen;
        do {
            seen = wishes.get();
            if (!ended) {
                step();
            }
        } while (!wishes.compareAndSet(seen, 0));
    }

    private void step() {
        try {
            LogMerge.Entry entry = cancelled ? null : merge.next();
            while (entry != null) {
                sink.line(entry);
                entry = cancelled ? null : merge.next();
            }
            sink.pause();
            if (cancelled || merge.isDone()) {
                end(Optional.empty());
            }
        } catch (IOException | RuntimeException e) {
            end(Optional.of(e));
        }
    }

    private void end(Optional<Exception> failure) {
        ended = true;
        Optional<Exception> reported = failure;
        try {
            merge.close();
        } catch (IOException e) {
            reported = Optional.of(failure.orElse(e));
        }
        sink.end(reported);
    }
}
