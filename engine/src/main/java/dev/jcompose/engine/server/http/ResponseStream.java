package dev.jcompose.engine.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.util.function.Function;

/**
 * The answer as a stream that any thread may write to. What is written while the event loop is busy goes out in one
 * piece; a writer waits while the client does not read. Nothing needs to be flushed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is seen
final class ResponseStream extends OutputStream {
    private static final int HIGH_BYTES = 1 << 18;

    private final Channel channel;
    private final Function<ByteBuf, Object> message;
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean scheduled;
    private boolean closed;

    /**
     * Begins one.
     *
     * @param message makes what the pipeline takes of a piece of data
     */
    ResponseStream(Channel channel, Function<ByteBuf, Object> message) {
        this.channel = channel;
        this.message = message;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        await();
        if (closed) {
            throw new ClosedChannelException();
        }
        waiting.write(bytes, offset, length);
        if (!scheduled) {
            scheduled = true;
            channel.eventLoop().execute(this::drain);
        }
    }

    private synchronized void await() throws InterruptedIOException {
        try {
            while (waiting.size() >= HIGH_BYTES && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing an answer");
        }
    }

    /** Sends what waits, if the client reads. On the event loop, also when the channel becomes writable again. */
    void drain() {
        if (channel.isWritable() && isScheduled()) {
            drainAll();
        }
    }

    private synchronized boolean isScheduled() {
        return scheduled;
    }

    /** Sends what waits, whether the client reads or not. On the event loop, before the end of the answer. */
    void drainAll() {
        byte[] bytes = take();
        if (bytes.length > 0) {
            channel.writeAndFlush(message.apply(Unpooled.wrappedBuffer(bytes)));
        }
    }

    private synchronized byte[] take() {
        byte[] bytes = waiting.toByteArray();
        waiting = new ByteArrayOutputStream();
        scheduled = false;
        notifyAll();
        return bytes;
    }

    /** The connection is gone: writers get an exception. On the event loop. */
    synchronized void breakOff() {
        closed = true;
        notifyAll();
    }
}
