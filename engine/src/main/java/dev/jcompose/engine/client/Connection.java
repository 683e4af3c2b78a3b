package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * One HTTP/1.1 request and its answer over a unix socket. A thread that blocks here can be interrupted; that closes the
 * connection, which is how the engine learns that the caller gave up.
 */
final class Connection implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final ChannelInput source;
    private final InputStream in;

    private Connection(SocketChannel channel) {
        this.channel = channel;
        this.source = new ChannelInput(channel);
        this.in = new BufferedInputStream(source, 16 * 1024);
    }

    /** Connects. */
    static Connection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Connection(channel);
        } catch (IOException e) {
            channel.close();
            throw lost(e);
        }
    }

    /** Sends a request with a body in one piece. */
    Response send(String method, String target, byte[] body) throws IOException {
        return send(method, target, "", body);
    }

    /** Sends a request that asks to take the connection over. */
    Response sendUpgrade(String target, byte[] body) throws IOException {
        return send("POST", target, "Connection: Upgrade\r\nUpgrade: tcp\r\n", body);
    }

    private Response send(String method, String target, String headers, byte[] body) throws IOException {
        String head =
                "%s %s HTTP/1.1\r\nHost: jcompose\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(method, target, headers, body.length);
        byte[] start = head.getBytes(UTF_8);
        writeFully(ByteBuffer.allocate(start.length + body.length)
                .put(start)
                .put(body)
                .flip());
        return Response.read(this, !method.equals("HEAD"));
    }

    /** Sends a request whose body is copied from a stream. */
    Response sendStream(String method, String target, InputStream body) throws IOException {
        String head =
                "%s %s HTTP/1.1\r\nHost: jcompose\r\nContent-Type: application/x-tar\r\n".formatted(method, target);
        writeFully(ByteBuffer.wrap((head + "Transfer-Encoding: chunked\r\n\r\n").getBytes(UTF_8)));
        byte[] piece = new byte[64 * 1024];
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            if (count > 0) {
                writeFully(ByteBuffer.wrap((Integer.toHexString(count) + "\r\n").getBytes(UTF_8)));
                writeFully(ByteBuffer.wrap(piece, 0, count));
                writeFully(ByteBuffer.wrap("\r\n".getBytes(UTF_8)));
            }
        }
        writeFully(ByteBuffer.wrap("0\r\n\r\n".getBytes(UTF_8)));
        return Response.read(this, true);
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** That this end was closed, by whoever interrupted the thread, is no loss. */
    private static IOException lost(IOException e) {
        return e instanceof ClosedChannelException ? e : new LostEngineException(e);
    }

    /**
     * Whether the engine has closed its end, and all that it has sent before is read. Waits for nothing; no other
     * thread may read meanwhile.
     */
    boolean isClosedByEngine() throws IOException {
        return in.available() == 0 && source.isAtEnd();
    }

    /** What comes from the engine. */
    InputStream input() {
        return in;
    }

    /** A line of an answer's head, without its end. */
    String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new LostEngineException("the engine closed the connection");
            }
            if (line.length() == MAX_LINE_BYTES) {
                throw new IOException("the engine sent a line of more than %d bytes".formatted(MAX_LINE_BYTES));
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    /** What goes to the engine once the connection is taken over; closing it tells the engine that no more comes. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                writeFully(ByteBuffer.wrap(bytes, offset, length));
            }

            @Override
            public void close() throws IOException {
                if (channel.isOpen()) {
                    channel.shutdownOutput();
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * {@link java.nio.channels.Channels#newInputStream} holds a lock that keeps others from writing meanwhile.
     *
     * @see <a href="https://bugs.openjdk.org/browse/JDK-8279339">JDK-8279339</a>
     */
    private static final class ChannelInput extends InputStream {
        private static final int NONE = -1;

        private final SocketChannel channel;
        /** A byte that was read to see whether there is one. */
        private int ahead = NONE;

        ChannelInput(SocketChannel channel) {
            this.channel = channel;
        }

        boolean isAtEnd() throws IOException {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.configureBlocking(false);
            try {
                int count = channel.read(one);
                if (count > 0) {
                    ahead = one.get(0) & 0xff;
                }
                return count < 0;
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException reset) {
                return true;
            } finally {
                channel.configureBlocking(true);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (ahead != NONE && length > 0) {
                target[offset] = (byte) ahead;
                ahead = NONE;
                return 1;
            }
            try {
                return channel.read(ByteBuffer.wrap(target, offset, length));
            } catch (IOException e) {
                throw lost(e);
            }
        }
    }
}
