package dev.jcompose.network.proxy;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;

/**
 * One direction of a relayed connection: from one socket into a pipe, out of the pipe to the other.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</a>
 */
final class ByteStream implements AutoCloseable {
    private static final int PIPE_BYTES = 256 * 1024;
    private static final int ROUNDS = 32;

    private final Linux linux;
    private final Fd from;
    private final Fd to;
    private final EventCalls.Pipe pipe;
    private long inPipe;
    private boolean readAll;
    private boolean ended;

    private ByteStream(Linux linux, Fd from, Fd to, EventCalls.Pipe pipe) {
        this.linux = linux;
        this.from = from;
        this.to = to;
        this.pipe = pipe;
    }

    /** Makes the pipe between two sockets that do not block; they stay the caller's. */
    static ByteStream open(Linux linux, Fd from, Fd to) throws ErrnoException {
        EventCalls.Pipe pipe = linux.events().pipe2(Fcntl.O_NONBLOCK);
        try {
            linux.files().fcntl(pipe.writeEnd(), Fcntl.F_SETPIPE_SZ, PIPE_BYTES);
        } catch (ErrnoException e) {
            // A user's pipes may be limited; the usual size does as well, a little slower.
            return new ByteStream(linux, from, to, pipe);
        }
        return new ByteStream(linux, from, to, pipe);
    }

    /** Moves what there is to move, and ends the other side's stream behind the last of it. Whether there is more. */
    boolean move() throws ErrnoException {
        for (int round = 0; round < ROUNDS && !ended; round++) {
            boolean filled = fill();
            boolean moved = drain() || filled;
            if (readAll && inPipe == 0) {
                linux.sockets().shutdownWrites(to);
                ended = true;
            }
            if (!moved) {
                return false;
            }
        }
        return !ended;
    }

    /** Whether all has been said. */
    boolean ended() {
        return ended;
    }

    private boolean fill() throws ErrnoException {
        if (readAll || inPipe >= PIPE_BYTES) {
            return false;
        }
        long count = linux.events().splice(from, pipe.writeEnd(), PIPE_BYTES - inPipe);
        if (count == 0) {
            readAll = true;
        }
        inPipe += Math.max(0, count);
        return count > 0;
    }

    private boolean drain() throws ErrnoException {
        if (inPipe == 0) {
            return false;
        }
        long count = linux.events().splice(pipe.readEnd(), to, inPipe);
        inPipe -= Math.max(0, count);
        return count > 0;
    }

    @Override
    public void close() {
        pipe.close();
    }
}
