package dev.jcompose.network.ports;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Sockets that only hold a port. */
final class PortSockets {
    private static final int LEAST_BUFFER_BYTES = 1;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final Path IPV6_ADDRESSES = Path.of("/proc/thread-self/net/if_inet6");

    private final SocketCalls sockets;

    PortSockets(SocketCalls sockets) {
        this.sockets = sockets;
    }

    /** Whether the calling thread's network namespace has an IPv6 address at all. */
    static boolean hasIpv6() {
        try {
            return Files.exists(IPV6_ADDRESSES)
                    && !Files.readString(IPV6_ADDRESSES).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Binds a port.
     *
     * @param address {@code 0.0.0.0} or {@code ::} for all of a family
     * @param port 0 for any that is free
     * @param reuse whether connections that are being closed do not count
     * @return empty where the kernel has no such protocol: then nobody can take the port either
     */
    Optional<Fd> bind(Protocol protocol, IpAddress address, int port, boolean reuse) throws ErrnoException {
        boolean v6 = address.v6();
        Fd socket;
        try {
            socket = sockets.socket(
                    v6 ? SocketCalls.AF_INET6 : SocketCalls.AF_INET,
                    (protocol == Protocol.UDP ? SocketCalls.SOCK_DGRAM : SocketCalls.SOCK_STREAM)
                            | SocketCalls.SOCK_NONBLOCK,
                    protocol.number());
        } catch (ErrnoException e) {
            if (e.is(Errno.EPROTONOSUPPORT) && protocol == Protocol.SCTP) {
                return Optional.empty();
            }
            throw e;
        }
        try {
            if (reuse) {
                sockets.setsockopt(socket, SocketCalls.SOL_SOCKET, SocketCalls.SO_REUSEADDR, 1);
            }
            if (v6) {
                sockets.setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1);
            }
            // A datagram that the firewall does not lead away would else wait here for a reader.
            sockets.setsockopt(socket, SocketCalls.SOL_SOCKET, SocketCalls.SO_RCVBUF, LEAST_BUFFER_BYTES);
            byte[] bytes = address.bytes();
            sockets.bind(socket, v6 ? SocketCalls.inet6(bytes, port) : SocketCalls.inet(bytes, port));
            if (reuse) {
                // With this off again the port is ours alone.
                sockets.setsockopt(socket, SocketCalls.SOL_SOCKET, SocketCalls.SO_REUSEADDR, 0);
            }
            return Optional.of(socket);
        } catch (ErrnoException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The port that a socket has. */
    int port(Fd socket) throws ErrnoException {
        return sockets.localPort(socket);
    }
}
