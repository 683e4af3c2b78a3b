package dev.jcompose.linux;

import java.nio.ByteBuffer;

/** Pipes, event counters, epoll, and moving bytes between descriptors without copying them. */
public final class EventCalls extends Calls {
    public static final int EPOLLIN = 0x1;
    public static final int EPOLLOUT = 0x4;
    /** One event, and the watch sleeps. */
    public static final int EPOLLONESHOT = 1 << 30;

    public static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLL_CTL_DEL = 2;
    public static final int SPLICE_F_NONBLOCK = 2;
    public static final int EPOLLRDHUP = 0x2000;
    public static final int EPOLLET = 1 << 31;
    /** What {@link #splice} gives when it would have to wait. */
    public static final long WOULD_BLOCK = -1;

    private static final int SPLICE_F_MOVE_NONBLOCK = 1 | SPLICE_F_NONBLOCK;

    private static final int CLOEXEC = 0x80000;

    EventCalls(Kernel kernel) {
        super(kernel);
    }

    /** The two ends of a pipe. */
    public record Pipe(Fd readEnd, Fd writeEnd) implements AutoCloseable {
        @Override
        public void close() {
            readEnd.close();
            writeEnd.close();
        }
    }

    /** pipe2(2), close-on-exec; {@code flags} may hold {@link Fcntl#O_NONBLOCK}. */
    public Pipe pipe2(int flags) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer ends = scratch.buffer(8);
            check(() -> hex(flags), Syscall.PIPE2, Scratch.address(ends), flags | CLOEXEC, 0);
            return new Pipe(fd(ends.getInt(0)), fd(ends.getInt(4)));
        }
    }

    /**
     * ppoll(2) of one descriptor, for what can be waited for in the middle of blocking work.
     *
     * @param events {@link #EPOLLIN} or {@link #EPOLLOUT}: poll(2) has the same values; 0 for errors and hang-ups only
     * @param timeoutMillis 0 to only ask
     * @return whether an event, an error or a hang-up is there
     */
    public boolean poll(Fd fd, int events, long timeoutMillis) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer pollfd = scratch.buffer(8);
            pollfd.putInt(0, fd.number()).putShort(4, (short) events);
            ByteBuffer timeout = scratch.buffer(16);
            timeout.putLong(0, timeoutMillis / 1000).putLong(8, timeoutMillis % 1000 * 1_000_000);
            return check(
                            () -> fd + ", " + timeoutMillis + " ms",
                            Syscall.PPOLL,
                            Scratch.address(pollfd),
                            1,
                            Scratch.address(timeout),
                            0,
                            0,
                            0)
                    > 0;
        }
    }

    /**
     * ppoll(2) for nothing but an error or a hang-up: of a socket, that its other end is closed in both directions.
     *
     * @param descriptor of somebody else's
     */
    public boolean isHungUp(int descriptor) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer pollfd = scratch.buffer(8).putInt(0, descriptor);
            ByteBuffer now = scratch.buffer(16);
            return check(
                            () -> "fd " + descriptor,
                            Syscall.PPOLL,
                            Scratch.address(pollfd),
                            1,
                            Scratch.address(now),
                            0,
                            0,
                            0)
                    > 0;
        }
    }

    /** eventfd2(2): a non-blocking counter, close-on-exec. */
    public Fd eventfd() throws ErrnoException {
        return fd(check(() -> "0", Syscall.EVENTFD2, 0, CLOEXEC | Fcntl.O_NONBLOCK, 0));
    }

    /** epoll_create1(2). */
    public Fd epollCreate() throws ErrnoException {
        return fd(check(() -> "", Syscall.EPOLL_CREATE1, CLOEXEC, 0, 0));
    }

    /**
     * epoll_ctl(2).
     *
     * @param operation {@code EPOLL_CTL_*}
     * @param events bitwise or of {@code EPOLL*}
     * @param data what {@link #epollWait} gives back with an event
     */
    public void epollControl(Fd epoll, int operation, Fd fd, int events, long data) throws ErrnoException {
        boolean packed = Arch.current() == Arch.X86_64;
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer event = scratch.buffer(16);
            event.putInt(0, events).putLong(packed ? 4 : 8, data);
            check(
                    () -> epoll + ", " + operation + ", " + fd,
                    Syscall.EPOLL_CTL,
                    epoll.number(),
                    operation,
                    fd.number(),
                    Scratch.address(event),
                    0,
                    0);
        }
    }

    /**
     * epoll_pwait(2).
     *
     * @param buffer direct, room for the events; {@link #eventMask} and {@link #eventData} read it
     * @param timeoutMillis -1 to wait for ever
     * @return the number of events
     */
    public int epollWait(Fd epoll, ByteBuffer buffer, int timeoutMillis) throws ErrnoException {
        int room = buffer.capacity() / eventBytes();
        return (int) check(
                () -> epoll + ", " + timeoutMillis + " ms",
                Syscall.EPOLL_PWAIT,
                epoll.number(),
                Scratch.address(buffer),
                room,
                timeoutMillis,
                0,
                0);
    }

    /** The {@code EPOLL*} bits of event {@code index} in a buffer that {@link #epollWait} filled. */
    public static int eventMask(ByteBuffer buffer, int index) {
        return buffer.getInt(index * eventBytes());
    }

    /** The data of event {@code index}. */
    public static long eventData(ByteBuffer buffer, int index) {
        return buffer.getLong(index * eventBytes() + (Arch.current() == Arch.X86_64 ? 4 : 8));
    }

    /** {@code sizeof(struct epoll_event)}: packed on x86-64 only. */
    public static int eventBytes() {
        return Arch.current() == Arch.X86_64 ? 12 : 16;
    }

    /**
     * splice(2) between a pipe and something else, without waiting.
     *
     * @return bytes moved; 0 at the end of what {@code from} has to give, {@link #WOULD_BLOCK} when it has nothing now
     *     or {@code to} has no room
     */
    public long splice(Fd from, Fd to, long maxBytes) throws ErrnoException {
        while (true) {
            long result =
                    kernel().call(Syscall.SPLICE, from.number(), 0, to.number(), 0, maxBytes, SPLICE_F_MOVE_NONBLOCK);
            if (result >= 0) {
                return result;
            }
            int number = (int) -result;
            if (number == Errno.EAGAIN.number()) {
                return WOULD_BLOCK;
            }
            if (number != Errno.EINTR.number()) {
                throw new ErrnoException("splice(" + from + ", " + to + ", " + maxBytes + ")", number);
            }
        }
    }

    /**
     * splice(2) from a pipe into a file at {@code offset}: bytes leave the pipe exactly when they are in the file.
     *
     * @param flags 0 or {@link #SPLICE_F_NONBLOCK}, then {@code EAGAIN} means that the pipe is empty
     * @return bytes moved; 0 when the pipe is empty and has no writer
     */
    public long spliceToFile(Fd pipe, Fd file, long offset, long maxBytes, int flags) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer position = scratch.buffer(8);
            position.putLong(0, offset);
            return check(
                    () -> pipe + ", " + file + " at " + offset + ", " + maxBytes,
                    Syscall.SPLICE,
                    pipe.number(),
                    0,
                    file.number(),
                    Scratch.address(position),
                    maxBytes,
                    flags);
        }
    }
}
