package dev.jcompose.engine.exec;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes to a descriptor, and closes it. Who waits until it takes more can be interrupted, and ends when another thread
 * closes this.
 */
public final class ReadyOutput extends OutputStream {
    private static final int CHUNK_BYTES = 16 * 1024;

    private final Linux linux;
    private final EventLoop loop;
    private final Fd fd;
    private final ReentrantLock writing = new ReentrantLock();
    private final Semaphore ready = new Semaphore(0);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private volatile boolean closed;

    /** Takes the descriptor over and makes it non-blocking. */
    public ReadyOutput(Linux linux, EventLoop loop, Fd fd) throws ErrnoException {
        this.linux = linux;
        this.loop = loop;
        this.fd = fd;
        linux.files().fcntl(fd, Fcntl.F_SETFL, Fcntl.O_NONBLOCK);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        writing.lock();
        try {
            for (int start = offset; start < offset + length; start += CHUNK_BYTES) {
                buffer.clear();
                buffer.put(bytes, start, Math.min(CHUNK_BYTES, offset + length - start));
                writeAll(buffer.flip());
            }
        } finally {
            writing.unlock();
        }
    }

    private void writeAll(ByteBuffer chunk) throws IOException {
        while (chunk.hasRemaining()) {
            if (closed) {
                throw new IOException("closed");
            }
            try {
                linux.files().write(fd, chunk);
            } catch (ErrnoException e) {
                if (!e.is(Errno.EAGAIN)) {
                    throw e;
                }
                await();
            }
        }
    }

    @SuppressWarnings("try") // the registration is there to be closed
    private void await() throws IOException {
        try (EventLoop.Registration watch =
                loop.register(fd, EventCalls.EPOLLOUT | EventCalls.EPOLLONESHOT, events -> ready.release())) {
            ready.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing");
        }
    }

    @Override
    public void close() {
        closed = true;
        ready.release();
        writing.lock();
        try {
            fd.close();
        } finally {
            writing.unlock();
        }
    }
}
