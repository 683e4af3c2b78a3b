package dev.jcompose.network.proxy;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.network.IpAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections to a published port and relays each to the container. Used on the loop's thread, but to open. */
final class TcpPort {
    private static final Logger log = LoggerFactory.getLogger(TcpPort.class);
    private static final int BACKLOG = 1024;

    private final Linux linux;
    private final EventLoop loop;
    private final Fd listener;
    private final IpAddress address;
    private final int port;
    private final Set<TcpRelay> relays = new HashSet<>();
    private EventLoop.Registration registration;

    private TcpPort(Linux linux, EventLoop loop, Fd listener, IpAddress address, int port) throws ErrnoException {
        this.linux = linux;
        this.loop = loop;
        this.listener = listener;
        this.address = address;
        this.port = port;
        // Connections inherit it: those that are being closed are not to keep the port from the next container.
        linux.sockets().setsockopt(listener, SocketCalls.SOL_SOCKET, SocketCalls.SO_REUSEADDR, 1);
        linux.sockets().listen(listener, BACKLOG);
        registration = loop.register(listener, EventCalls.EPOLLIN, events -> accept());
    }

    /**
     * Begins to accept.
     *
     * @param listener bound, does not block; taken over
     * @param address the container's
     */
    static TcpPort open(Linux linux, EventLoop loop, Fd listener, IpAddress address, int port) throws ErrnoException {
        return new TcpPort(linux, loop, listener, address, port);
    }

    /** Ends accepting, and all connections. */
    void close() {
        registration.close();
        listener.close();
        Set.copyOf(relays).forEach(TcpRelay::close);
    }

    private void accept() {
        try {
            Optional<Fd> client = linux.sockets().accept(listener);
            if (client.isPresent()) {
                relays.add(TcpRelay.begin(linux, loop, client.get(), address, port, relays::remove));
            }
        } catch (ErrnoException e) {
            // Broken off by the client, or out of descriptors: the next one may have more luck.
            log.debug("accept a connection for {} port {}: {}", address, port, e.getMessage());
        }
    }
}
