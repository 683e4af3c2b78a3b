package dev.jcompose.cli.hosted;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/**
 * A client's standard input. The client reads a piece when it is asked for one, so that what a command leaves unread is
 * there for the next one.
 */
final class ClientInput extends InputStream {
    private static final int MAX_BYTES = 1 << 16;

    private final ClientFrames client;
    private byte[] piece = new byte[0];
    private int position;
    private boolean asked;
    private boolean ended;

    ClientInput(ClientFrames client) {
        this.client = client;
    }

    /** A piece has come; an empty one is the end. */
    synchronized void received(byte[] bytes) {
        asked = false;
        piece = bytes;
        position = 0;
        ended = ended || bytes.length == 0;
        notifyAll();
    }

    /** The client is gone. */
    synchronized void end() {
        ended = true;
        notifyAll();
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
        if (position == piece.length && !ended) {
            await(length);
        }
        if (position == piece.length) {
            return -1;
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, target, start, count);
        position += count;
        return count;
    }

    private synchronized void await(int wanted) throws IOException {
        if (!asked) {
            asked = true;
            client.askForInput(Math.min(wanted, MAX_BYTES));
        }
        try {
            while (asked && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading standard input");
        }
    }

    @Override
    public synchronized int available() {
        return piece.length - position;
    }
}
