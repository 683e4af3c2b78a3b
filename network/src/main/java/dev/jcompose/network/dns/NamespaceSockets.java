package dev.jcompose.network.dns;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.SocketSpec;
import dev.jcompose.linux.netlink.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The two sockets of an endpoint, bound inside a container's network namespace. */
record NamespaceSockets(Fd udp, Fd tcp) implements AutoCloseable {
    private static final InetAddress ADDRESS = address();
    private static final int PORT = 53;
    private static final int ANY_PORT = 0;
    private static final int IPPROTO_IP = 0;
    private static final int IP_FREEBIND = 15;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BYTES = 1 << 20;
    private static final int BACKLOG = 64;

    /** The usual limit holds some 250 queries, which a pause of the garbage collector is long enough to fill. */
    static final SocketSpec UDP = udp(PORT);

    static final SocketSpec TCP = tcp(PORT);

    private static SocketSpec udp(int port) {
        return SocketSpec.of(SocketCalls.AF_INET, SocketCalls.SOCK_DGRAM | SocketCalls.SOCK_NONBLOCK, 0)
                .with(SocketCalls.SOL_SOCKET, SocketCalls.SO_RCVBUF, RECEIVE_BYTES)
                .with(new SocketSpec.Option(SocketCalls.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BYTES, true))
                .with(IPPROTO_IP, IP_FREEBIND, 1)
                .boundTo(new InetSocketAddress(ADDRESS, port));
    }

    private static SocketSpec tcp(int port) {
        return SocketSpec.of(SocketCalls.AF_INET, SocketCalls.SOCK_STREAM | SocketCalls.SOCK_NONBLOCK, 0)
                .with(SocketCalls.SOL_SOCKET, SocketCalls.SO_REUSEADDR, 1)
                .with(IPPROTO_IP, IP_FREEBIND, 1)
                .boundTo(new InetSocketAddress(ADDRESS, port))
                .listening(BACKLOG);
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 11});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    /**
     * Opens them in the network namespace of a process, whose loopback interface must be up: as long as a namespace has
     * no local address at all, the kernel takes 127.0.0.11 for a broadcast address, and a socket can be bound to it,
     * but its datagrams would leave from 127.0.0.1. Where somebody else has port 53, be it a name server of the
     * container or an engine that is about to end, they are {@link #beside} it.
     *
     * @throws IOException if the process is gone, or port 53 is taken and there is no nf_tables
     */
    static NamespaceSockets open(Linux linux, int netnsPid) throws IOException {
        try (NetworkNamespace namespace = NetworkNamespace.ofProcess(linux, netnsPid)) {
            return namespace.call(() -> atItsPort(linux));
        } catch (IOException e) {
            throw new IOException(
                    "open dns sockets at 127.0.0.11:53 in the network namespace of process " + netnsPid + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Opens them at other ports, with a {@link Detour} to there.
     *
     * @throws ErrnoException if the kernel has no nf_tables, or denies it
     */
    static NamespaceSockets beside(Linux linux) throws ErrnoException {
        NamespaceSockets sockets = bind(linux.sockets(), udp(ANY_PORT), tcp(ANY_PORT));
        try {
            Detour.make(
                    linux,
                    linux.sockets().localPort(sockets.udp),
                    linux.sockets().localPort(sockets.tcp));
            return sockets;
        } catch (ErrnoException | RuntimeException e) {
            sockets.close();
            throw e;
        }
    }

    @Override
    public void close() {
        udp.close();
        tcp.close();
    }

    private static NamespaceSockets atItsPort(Linux linux) throws ErrnoException {
        if (Detour.exists(linux)) {
            return beside(linux);
        }
        try {
            return bind(linux.sockets(), UDP, TCP);
        } catch (ErrnoException taken) {
            if (!taken.is(Errno.EADDRINUSE)) {
                throw taken;
            }
            try {
                return beside(linux);
            } catch (ErrnoException e) {
                taken.addSuppressed(e);
                throw taken;
            }
        }
    }

    private static NamespaceSockets bind(SocketCalls calls, SocketSpec udpSpec, SocketSpec tcpSpec)
            throws ErrnoException {
        Fd udp = udpSpec.open(calls);
        try {
            return new NamespaceSockets(udp, tcpSpec.open(calls));
        } catch (ErrnoException | RuntimeException e) {
            udp.close();
            throw e;
        }
    }
}
