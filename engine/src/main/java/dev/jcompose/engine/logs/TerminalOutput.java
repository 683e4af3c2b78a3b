package dev.jcompose.engine.logs;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what a container writes to its terminal into the FIFO of its standard output, from where it goes into the log
 * as that of any other container. One system call takes the bytes out of the one and into the other, so that none is
 * lost when the engine is killed.
 *
 * <p>Works on its event loop; {@link #finish} is for other threads.
 */
public final class TerminalOutput {
    private static final Logger log = LoggerFactory.getLogger(TerminalOutput.class);
    private static final int MAX_MOVE_BYTES = 64 * 1024;
    /** So many at once, that others have their turn. The kernel gives no more than 4 KiB each. */
    private static final int MOVES = 16;
    /** More than a terminal and a FIFO hold. */
    private static final int LAST_ROUNDS = 64;

    private final Linux linux;
    private final EventLoop loop;
    private final Fd terminal;
    private final Fd fifo;
    private final Executor later;
    private EventLoop.@Nullable Registration registration;
    private boolean closed;

    private TerminalOutput(Linux linux, EventLoop loop, Fd terminal, Fd fifo) {
        this.linux = linux;
        this.loop = loop;
        this.terminal = terminal;
        this.fifo = fifo;
        this.later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, loop::execute);
    }

    /**
     * Begins.
     *
     * @param terminal the master; becomes non-blocking for all who have it open
     * @param fifo open for writing; both are closed by {@link #finish}, and when this fails
     */
    public static TerminalOutput begin(Linux linux, EventLoop loop, Fd terminal, Fd fifo) throws ErrnoException {
        try {
            linux.files().fcntl(terminal, Fcntl.F_SETFL, Fcntl.O_NONBLOCK);
        } catch (ErrnoException e) {
            terminal.close();
            fifo.close();
            throw e;
        }
        TerminalOutput output = new TerminalOutput(linux, loop, terminal, fifo);
        loop.execute(output::watchTerminal);
        return output;
    }

    /** Moves what is still there once the container has ended, and closes both. A second call does nothing. */
    public void finish() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> last(LAST_ROUNDS, done));
        done.join();
    }

    private void last(int rounds, CompletableFuture<Void> done) {
        if (!closed) {
            unwatch();
            // What does not fit waits until the log's writer, which is on this thread too, has made room.
            if (rounds > 0 && move() == Outcome.FULL) {
                loop.execute(() -> last(rounds - 1, done));
                return;
            }
            closed = true;
            terminal.close();
            fifo.close();
        }
        done.complete(null);
    }

    private enum Outcome {
        EMPTY,
        FULL,
        MORE,
        HUNG_UP
    }

    private Outcome move() {
        try {
            for (int i = 0; i < MOVES; i++) {
                long moved = linux.events().splice(terminal, fifo, MAX_MOVE_BYTES);
                if (moved == 0) {
                    return Outcome.HUNG_UP;
                }
                if (moved == EventCalls.WOULD_BLOCK) {
                    return linux.events().poll(terminal, EventCalls.EPOLLIN, 0) ? Outcome.FULL : Outcome.EMPTY;
                }
            }
            return Outcome.MORE;
        } catch (ErrnoException e) {
            return hungUp(e);
        }
    }

    private static Outcome hungUp(ErrnoException e) {
        if (!e.is(Errno.EIO)) {
            log.warn("cannot read a container's terminal: {}", e.getMessage());
        }
        return Outcome.HUNG_UP;
    }

    private void ready() {
        if (closed) {
            return;
        }
        switch (move()) {
            case EMPTY, MORE -> {}
            case FULL -> watch(fifo, EventCalls.EPOLLOUT, this::watchTerminal);
            case HUNG_UP -> {
                // Nobody has it open: that may change, and until then the loop would be called without end.
                unwatch();
                later.execute(this::watchTerminal);
            }
        }
    }

    private void watchTerminal() {
        watch(terminal, EventCalls.EPOLLIN, this::ready);
    }

    private void watch(Fd fd, int events, Runnable onReady) {
        unwatch();
        if (closed) {
            return;
        }
        try {
            registration = loop.register(fd, events, ready -> onReady.run());
        } catch (ErrnoException e) {
            log.error("the terminal of a container is not watched: {}", e.getMessage());
        }
    }

    private void unwatch() {
        if (registration != null) {
            registration.close();
            registration = null;
        }
    }
}
