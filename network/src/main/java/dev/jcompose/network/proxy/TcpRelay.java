package dev.jcompose.network.proxy;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.network.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A client's connection and the one to the container. Bytes go from socket to socket through pipes, and never into this
 * process; a side that says no more is still told what the other has to say. Used on the loop's thread.
 */
final class TcpRelay {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int EVENTS =
            EventCalls.EPOLLIN | EventCalls.EPOLLOUT | EventCalls.EPOLLRDHUP | EventCalls.EPOLLET;

    private final Linux linux;
    private final EventLoop loop;
    private final Consumer<TcpRelay> onEnd;
    private final byte[] target;
    private final List<EventLoop.Registration> registrations = new ArrayList<>();
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final Fd server;
    private final ByteStream up;
    private final ByteStream down;
    private boolean connected;
    private boolean closed;

    private TcpRelay(Linux linux, EventLoop loop, Fd client, IpAddress address, int port, Consumer<TcpRelay> onEnd)
            throws ErrnoException {
        this.linux = linux;
        this.loop = loop;
        this.onEnd = onEnd;
        resources.add(client);
        target = address.v6() ? SocketCalls.inet6(address.bytes(), port) : SocketCalls.inet(address.bytes(), port);
        try {
            server = linux.sockets()
                    .socket(
                            address.v6() ? SocketCalls.AF_INET6 : SocketCalls.AF_INET,
                            SocketCalls.SOCK_STREAM | SocketCalls.SOCK_NONBLOCK,
                            IPPROTO_TCP);
            resources.add(server);
            for (Fd socket : List.of(client, server)) {
                linux.sockets().setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, 1);
            }
            up = stream(client, server);
            down = stream(server, client);
            connected = connect();
            for (Fd socket : List.of(client, server)) {
                registrations.add(loop.register(socket, EVENTS, events -> advance()));
            }
        } catch (ErrnoException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Begins to relay.
     *
     * @param client an accepted connection; taken over
     * @param onEnd told when both connections are closed
     * @throws ErrnoException when the container cannot be reached; the client's connection is closed then
     */
    static TcpRelay begin(Linux linux, EventLoop loop, Fd client, IpAddress address, int port, Consumer<TcpRelay> onEnd)
            throws ErrnoException {
        return new TcpRelay(linux, loop, client, address, port, onEnd);
    }

    /** Ends it at once, whatever is still under way. */
    void close() {
        if (!closed) {
            closed = true;
            registrations.forEach(EventLoop.Registration::close);
            for (AutoCloseable resource : resources) {
                try {
                    resource.close();
                } catch (Exception e) {
                    throw new IllegalStateException("descriptors close without failing", e);
                }
            }
            onEnd.accept(this);
        }
    }

    /** Something can be read or written, at one end or the other: the events come once for each change only. */
    private void advance() {
        if (closed) {
            return;
        }
        try {
            if (!connected) {
                connected = connect();
                if (!connected) {
                    return;
                }
            }
            boolean moreUp = up.move();
            boolean more = down.move() || moreUp;
            if (up.ended() && down.ended()) {
                close();
            } else if (more) {
                // Others are to have their turn in between.
                loop.execute(this::advance);
            }
        } catch (ErrnoException e) {
            // One side broke off; so it is for the other.
            close();
        }
    }

    private boolean connect() throws ErrnoException {
        try {
            linux.sockets().connect(server, target);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EINPROGRESS) || e.is(Errno.EALREADY)) {
                return false;
            }
            if (e.is(Errno.EISCONN)) {
                return true;
            }
            throw e;
        }
    }

    private ByteStream stream(Fd from, Fd to) throws ErrnoException {
        ByteStream stream = ByteStream.open(linux, from, to);
        resources.add(stream);
        return stream;
    }
}
