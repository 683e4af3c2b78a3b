package dev.jcompose.cli.delegate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The connection to the engine. One thread reads; any may write. */
final class Link {
    private static final byte[] SWITCHED = "HTTP/1.1 101 ".getBytes(US_ASCII);

    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(64 * 1024).flip();

    private Link(SocketChannel channel) {
        this.channel = channel;
    }

    static Link open(String socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new Link(channel);
    }

    /** Sends a request; false when the engine does not take the connection over. */
    boolean upgrade(ByteBuffer request) throws IOException {
        send(request);
        for (byte expected : SWITCHED) {
            if (read() != expected) {
                return false;
            }
        }
        // Two line ends in a row are the end of the head.
        int line = 1;
        while (line > 0) {
            int b = read();
            if (b == '\n') {
                line = line == 1 ? 0 : 1;
            } else if (b != '\r') {
                line = 2;
            }
        }
        return true;
    }

    private int read() throws IOException {
        fill(1);
        return received.get();
    }

    /** Waits for at least so many bytes. */
    private void fill(int count) throws IOException {
        while (received.remaining() < count) {
            received.compact();
            int more = channel.read(received);
            received.flip();
            if (more < 0) {
                throw new EOFException("the engine went away");
            }
        }
    }

    /** The type of the next frame; its data must be taken before the one after it. */
    int nextType() throws IOException {
        fill(Frame.HEADER_BYTES);
        int type = received.get();
        received.position(received.position() + 3);
        return type;
    }

    /** The length of the frame's data in bytes. */
    int nextLength() {
        return received.getInt();
    }

    /** The frame's whole data; for frames that are short. */
    byte[] data(int length) throws IOException {
        byte[] data = new byte[length];
        int count = 0;
        while (count < length) {
            int piece = piece(length - count);
            received.get(data, count, piece);
            count += piece;
        }
        return data;
    }

    /** How many of the next bytes are here, at least one and not more than wanted; {@link #array} has them. */
    int piece(int wanted) throws IOException {
        fill(1);
        return Math.min(wanted, received.remaining());
    }

    /** Where the bytes are. */
    byte[] array() {
        return received.array();
    }

    /** Takes bytes that were looked at in {@link #array}; their first index. */
    int take(int count) {
        int start = received.position();
        received.position(start + count);
        return start;
    }

    /** Sends a frame. */
    void send(int type, byte[] data, int length) throws IOException {
        send(ByteBuffer.allocate(Frame.HEADER_BYTES + length)
                .putInt(type << 24)
                .putInt(length)
                .put(data, 0, length)
                .flip());
    }

    private synchronized void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
