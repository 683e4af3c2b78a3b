package dev.jcompose.engine.exec;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a command's output as it comes, keeps its first bytes and drops the rest. Used on the loop's thread. */
final class CheckOutput {
    private static final Logger log = LoggerFactory.getLogger(CheckOutput.class);
    private static final int DROPPED_BYTES = 4096;
    /** So many at once, that others have their turn when somebody writes without end. */
    private static final int READS = 64;

    private final Linux linux;
    private final Fd pipe;
    private final ByteBuffer kept;
    private final ByteBuffer dropped = ByteBuffer.allocateDirect(DROPPED_BYTES);
    private EventLoop.@Nullable Registration watch;

    /** Begins to read, and keeps only a beginning. */
    CheckOutput(Linux linux, EventLoop loop, Fd pipe) {
        this(linux, loop, pipe, DROPPED_BYTES);
    }

    /** Begins to read; the non-blocking {@code pipe} is closed by {@link #close}. */
    CheckOutput(Linux linux, EventLoop loop, Fd pipe, int keptBytes) {
        this.kept = ByteBuffer.allocateDirect(keptBytes);
        this.linux = linux;
        this.pipe = pipe;
        loop.execute(() -> {
            try {
                watch = loop.register(pipe, EventCalls.EPOLLIN, events -> drain());
            } catch (ErrnoException e) {
                log.debug("cannot watch the output of a command", e);
            }
        });
    }

    private void drain() {
        try {
            for (int i = 0; i < READS; i++) {
                if (linux.files().read(pipe, kept.hasRemaining() ? kept : dropped.clear()) == 0) {
                    stop();
                    return;
                }
            }
        } catch (ErrnoException e) {
            if (!e.is(Errno.EAGAIN)) {
                stop();
            }
        }
    }

    private void stop() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    /** Takes what is still there, and closes the pipe. */
    void close() {
        drain();
        stop();
        pipe.close();
    }

    @Override
    public String toString() {
        return StandardCharsets.UTF_8.decode(kept.duplicate().flip()).toString();
    }
}
