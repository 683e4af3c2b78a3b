package dev.jcompose.engine.logs;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what one run of a container writes into its log. When the log cannot be written, the disk being full for
 * example, the bytes stay in the pipe, and the container waits when that is full; nothing is dropped.
 *
 * <p>Works on its event loop; {@link #finish} is for other threads.
 */
public final class LogWriter {
    private static final Logger log = LoggerFactory.getLogger(LogWriter.class);
    private static final int PIPE_BYTES = 256 * 1024;
    /**
     * More than fits into both pipes, so that a container that goes on writing does not keep {@link #finish} waiting.
     */
    private static final int LAST_MOVES = 64;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Linux linux;
    private final EventLoop loop;
    private final LogSink sink;
    private final Clock clock;
    private final LogSignal signal;
    private final Executor later;
    private List<Output> outputs = List.of();
    private boolean waiting;
    private boolean finished;

    LogWriter(Linux linux, EventLoop loop, LogSink sink, Clock clock, LogSignal signal) {
        this.linux = linux;
        this.loop = loop;
        this.sink = sink;
        this.clock = clock;
        this.signal = signal;
        this.later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, loop::execute);
    }

    private static final class Output {
        private final LogStream stream;
        private final Fd pipe;
        private EventLoop.@Nullable Registration registration;
        private boolean open = true;

        private Output(LogStream stream, Fd pipe) {
            this.stream = stream;
            this.pipe = pipe;
        }
    }

    /** Takes over the pipes; what is in them is moved soon. */
    void start(Fd stdout, Fd stderr) throws ErrnoException {
        outputs = List.of(new Output(LogStream.STDOUT, stdout), new Output(LogStream.STDERR, stderr));
        enlarge(stdout);
        enlarge(stderr);
        loop.execute(() -> outputs.forEach(this::resume));
    }

    /** As {@link #finish(Map)} when nothing has been saved elsewhere. */
    public void finish() throws IOException {
        finish(Map.of());
    }

    /**
     * Moves what is in the pipes still, then closes them, appends what was saved elsewhere, closes the log and ends the
     * signal. Blocks until that is done; a second call does nothing. Not to be called on the event loop.
     *
     * @param saved files with what was left in a pipe when the container ended and nobody read it; they may be missing
     *     or empty, and are removed. Each is in the log exactly once even if the engine is killed meanwhile, provided
     *     that the next one calls this again for the same container
     * @throws IOException if the last bytes cannot be written; those in the pipes are lost then unless the container
     *     holds them
     */
    public void finish(Map<LogStream, Path> saved) throws IOException {
        Optional<IOException> failure = CompletableFuture.supplyAsync(() -> finishOnLoop(saved), loop::execute)
                .join();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private Optional<IOException> finishOnLoop(Map<LogStream, Path> saved) {
        if (finished) {
            return Optional.empty();
        }
        finished = true;
        IOException failure = null;
        for (Output output : outputs) {
            try {
                drain(output);
                Path rest = saved.get(output.stream);
                if (rest != null) {
                    sink.append(output.stream, rest, nowNanos());
                }
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        closeAll();
        sink.close();
        signal.end(sink.end());
        return Optional.ofNullable(failure);
    }

    private void drain(Output output) throws IOException {
        try {
            for (int i = 0; i < LAST_MOVES && output.open && move(output) > 0; i++) {
                signal.changed();
            }
        } catch (ErrnoException e) {
            if (!isEmpty(e)) {
                throw e;
            }
        }
    }

    private void ready(Output output) {
        try {
            if (move(output) == 0) {
                close(output);
            } else {
                if (waiting) {
                    waiting = false;
                    log.info("the log of a container can be written again");
                }
                signal.changed();
            }
        } catch (IOException e) {
            if (!isEmpty(e)) {
                pause(output, e);
            }
        }
    }

    private long move(Output output) throws IOException {
        return sink.move(output.pipe, output.stream, nowNanos());
    }

    private long nowNanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    /** Takes the pipe out of the loop, which would call without end, and tries again in a second. */
    private void pause(Output output, IOException e) {
        if (!waiting) {
            waiting = true;
            log.warn("a container waits until its log can be written: {}", e.getMessage());
        }
        unwatch(output);
        later.execute(() -> resume(output));
    }

    private void resume(Output output) {
        if (output.open) {
            try {
                watch(output);
            } catch (ErrnoException e) {
                pause(output, e);
            }
        }
    }

    private void watch(Output output) throws ErrnoException {
        output.registration = loop.register(output.pipe, EventCalls.EPOLLIN, events -> ready(output));
    }

    private static void unwatch(Output output) {
        EventLoop.Registration registration = output.registration;
        if (registration != null) {
            registration.close();
            output.registration = null;
        }
    }

    private static void close(Output output) {
        unwatch(output);
        output.open = false;
        output.pipe.close();
    }

    private void closeAll() {
        outputs.forEach(LogWriter::close);
    }

    /** A pipe that is not as large as wanted works as well: the limit may be set lower, or used up. */
    private void enlarge(Fd pipe) throws ErrnoException {
        try {
            linux.files().fcntl(pipe, Fcntl.F_SETPIPE_SZ, PIPE_BYTES);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EPERM) && !e.is(Errno.EBUSY)) {
                throw e;
            }
        }
    }

    private static boolean isEmpty(IOException e) {
        return e instanceof ErrnoException errno && errno.is(Errno.EAGAIN);
    }
}
