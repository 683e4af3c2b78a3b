package dev.jcompose.engine.server.http;

import io.netty.channel.ChannelConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * What the client sends, as a stream for one reader: the event loop puts pieces in, a thread of the pool takes them
 * out. When the reader is slow the channel stops reading.
 */
final class RequestBody extends InputStream {
    private static final int HIGH_BYTES = 1 << 20;
    private static final int LOW_BYTES = 1 << 18;

    private final ChannelConfig channel;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int offset;
    private int waitingBytes;
    private boolean ended;
    private boolean broken;

    RequestBody(ChannelConfig channel) {
        this.channel = channel;
    }

    /** More data. Called by the event loop. */
    synchronized void add(byte[] piece) {
        if (ended || piece.length == 0) {
            return;
        }
        pieces.add(piece);
        waitingBytes += piece.length;
        if (waitingBytes > HIGH_BYTES) {
            channel.setAutoRead(false);
        }
        notifyAll();
    }

    /** No more data. Called by the event loop. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** No more data, and what came may be incomplete. Called by the event loop. */
    synchronized void breakOff() {
        broken = !ended;
        end();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, target.length);
        if (length == 0) {
            return 0;
        }
        await();
        byte[] piece = pieces.peek();
        if (piece == null) {
            if (broken) {
                throw new IOException("the client went away while it sent its request");
            }
            return -1;
        }
        int count = Math.min(length, piece.length - offset);
        System.arraycopy(piece, offset, target, start, count);
        offset += count;
        waitingBytes -= count;
        if (offset == piece.length) {
            pieces.remove();
            offset = 0;
        }
        if (waitingBytes < LOW_BYTES && !channel.isAutoRead()) {
            channel.setAutoRead(true);
        }
        return count;
    }

    private synchronized void await() throws InterruptedIOException {
        try {
            while (pieces.isEmpty() && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a request");
        }
    }

    @Override
    public synchronized int available() {
        return waitingBytes;
    }
}
