package dev.jcompose.engine.logs.syslog;

import dev.jcompose.images.tls.ClientTls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection to a syslog server. Blocks; for one thread, while any may close it. */
final class SyslogConnection implements Closeable {
    /** So long a server is given to refuse a client. */
    private static final int REFUSAL_MILLIS = 250;

    private final Sending sending;
    private final Closeable socket;

    private interface Sending {
        void send(ByteBuffer message) throws IOException;
    }

    private SyslogConnection(Sending sending, Closeable socket) {
        this.sending = sending;
        this.socket = socket;
    }

    /** Connects, which for datagrams only finds out where they are to go. */
    static SyslogConnection open(Linux linux, SyslogServer server) throws IOException {
        SyslogAddress address = server.address();
        ClientTls tls = server.tls();
        if (tls != null) {
            return secure(tls, address);
        }
        return switch (address.scheme()) {
            case "udp" -> channel(DatagramChannel.open().connect(internet(address)));
            case "tcp" -> stream(internet(address));
            case "unix" -> stream(UnixDomainSocketAddress.of(address.target()));
            default -> datagrams(linux, address.target());
        };
    }

    /** Sends one message; a stream has it as a whole or is of no more use. */
    void send(ByteBuffer message) throws IOException {
        sending.send(message);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static InetSocketAddress internet(SyslogAddress address) throws IOException {
        InetSocketAddress resolved = new InetSocketAddress(address.target(), address.port());
        if (resolved.isUnresolved()) {
            throw new UnknownHostException("no address is known of \"" + address.target() + "\"");
        }
        return resolved;
    }

    private static SyslogConnection stream(SocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        if (address instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        }
        return channel(channel);
    }

    private static SyslogConnection secure(ClientTls tls, SyslogAddress address) throws IOException {
        SSLContext context = tls.context();
        SocketChannel channel = SocketChannel.open(internet(address));
        try {
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            // Of a channel, since that can be interrupted.
            SSLSocket socket = (SSLSocket)
                    context.getSocketFactory().createSocket(channel.socket(), address.target(), address.port(), true);
            if (tls.verified()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            checkAccepted(socket);
            OutputStream out = socket.getOutputStream();
            return new SyslogConnection(
                    message -> {
                        out.write(message.array(), message.arrayOffset() + message.position(), message.remaining());
                        out.flush();
                    },
                    socket);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Since TLS 1.3, a server that does not like the client's certificate says so after the handshake. */
    private static void checkAccepted(SSLSocket socket) throws IOException {
        socket.setSoTimeout(REFUSAL_MILLIS);
        try {
            if (socket.getInputStream().read() < 0) {
                throw new EOFException("the server has closed the connection");
            }
        } catch (SocketTimeoutException silent) {
            socket.setSoTimeout(0);
        }
    }

    private static SyslogConnection channel(WritableByteChannel channel) {
        return new SyslogConnection(
                message -> {
                    while (message.hasRemaining()) {
                        channel.write(message);
                    }
                },
                channel);
    }

    /** Java has no unix datagrams. */
    private static SyslogConnection datagrams(Linux linux, String path) throws IOException {
        Fd socket = linux.sockets().socket(SocketCalls.AF_UNIX, SocketCalls.SOCK_DGRAM, 0);
        try {
            linux.sockets().connect(socket, SocketCalls.unix(path));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return new SyslogConnection(
                message -> {
                    ByteBuffer direct = ByteBuffer.allocateDirect(message.remaining());
                    direct.put(message).flip();
                    int ignored = linux.sockets().send(socket, direct);
                },
                socket::close);
    }
}
