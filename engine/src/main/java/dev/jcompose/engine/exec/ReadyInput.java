package dev.jcompose.engine.exec;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/**
 * Copies what comes from a descriptor on a thread that can be interrupted and told to stop meanwhile, which a thread in
 * read(2) cannot. For the master of a terminal the end is {@code EIO}: the other side is closed.
 */
final class ReadyInput {
    private static final int BUFFER_BYTES = 32 * 1024;
    /** As much as a pipe holds at most; what comes after a stop is not waited for, nor is all of it read. */
    private static final int LAST_READS = 64;

    private final Linux linux;
    private final EventLoop loop;
    private final Fd fd;
    private final Semaphore ready = new Semaphore(0);
    private volatile boolean stopped;

    /** Makes the descriptor non-blocking, which closing stays the caller's. */
    ReadyInput(Linux linux, EventLoop loop, Fd fd) throws ErrnoException {
        this.linux = linux;
        this.loop = loop;
        this.fd = fd;
        linux.files().fcntl(fd, Fcntl.F_SETFL, Fcntl.O_NONBLOCK);
    }

    /** Copies until the end, or after {@link #stop} until nothing is there any more. */
    void copyTo(OutputStream out) throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        byte[] bytes = new byte[BUFFER_BYTES];
        int readsAfterStop = 0;
        while (readsAfterStop < LAST_READS) {
            boolean last = stopped;
            int count = read(buffer.clear());
            if (count > 0) {
                buffer.get(0, bytes, 0, count);
                out.write(bytes, 0, count);
                out.flush();
                readsAfterStop += last ? 1 : 0;
            } else if (count == 0 || last) {
                return;
            } else {
                await();
            }
        }
    }

    /** 0 at the end, -1 when nothing is there. */
    private int read(ByteBuffer buffer) throws ErrnoException {
        try {
            return linux.files().read(fd, buffer);
        } catch (ErrnoException e) {
            if (e.is(Errno.EIO)) {
                return 0;
            }
            if (e.is(Errno.EAGAIN)) {
                return -1;
            }
            throw e;
        }
    }

    @SuppressWarnings("try") // the registration is there to be closed
    private void await() throws ErrnoException, InterruptedException {
        try (EventLoop.Registration watch =
                loop.register(fd, EventCalls.EPOLLIN | EventCalls.EPOLLONESHOT, events -> ready.release())) {
            ready.acquire();
        }
    }

    /** Nothing more is to be waited for. */
    void stop() {
        stopped = true;
        ready.release();
    }
}
