package dev.jcompose.network.proxy;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.firewall.PublishedPort;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The ports that are served in user space, TCP and UDP. All are served by one thread, which begins with the first, in
 * the network namespace of the caller. Thread-safe.
 */
public final class PortProxy implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BYTES = 1 << 20;

    private final Linux linux;
    private final Map<PublishedPort, Channel> served = new HashMap<>();
    private @Nullable EventLoopGroup group;

    public PortProxy(Linux linux) {
        this.linux = linux;
    }

    /** Whether a protocol can be served at all. */
    public static boolean serves(Protocol protocol) {
        return protocol != Protocol.SCTP;
    }

    /**
     * Begins to serve a port; one that is served already it leaves alone.
     *
     * @param socket bound to the port and not listening yet; taken over
     * @throws NetworkException naming the port
     */
    public synchronized void open(PublishedPort port, Fd socket) throws NetworkException {
        try (socket) {
            if (served.containsKey(port)) {
                return;
            }
            Epoll.ensureAvailability();
            Channel channel = port.protocol() == Protocol.UDP ? datagrams(port, socket) : listener(port, socket);
            group().register(channel).syncUninterruptibly();
            served.put(port, channel);
        } catch (ErrnoException e) {
            throw new NetworkException("cannot serve published port %s".formatted(port), e);
        }
    }

    /** Ends serving a port, and the connections through it; for one that is not served it does nothing. */
    public synchronized void close(PublishedPort port) {
        Channel channel = served.remove(port);
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        if (served.isEmpty()) {
            end();
        }
    }

    @Override
    public synchronized void close() {
        served.values().forEach(channel -> channel.close().awaitUninterruptibly());
        served.clear();
        end();
    }

    private Channel listener(PublishedPort port, Fd socket) throws ErrnoException {
        linux.sockets().listen(socket, BACKLOG);
        EpollServerSocketChannel channel = new EpollServerSocketChannel(socket.release());
        channel.pipeline().addLast(new TcpAcceptor(target(port)));
        return channel;
    }

    private Channel datagrams(PublishedPort port, Fd socket) throws ErrnoException {
        linux.sockets().setsockopt(socket, SocketCalls.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BYTES);
        EpollDatagramChannel channel = new EpollDatagramChannel(socket.release());
        channel.config().setRecvByteBufAllocator(UdpFlows.DATAGRAMS);
        channel.pipeline().addLast(new UdpFlows(target(port)));
        return channel;
    }

    private static InetSocketAddress target(PublishedPort port) {
        return new InetSocketAddress(port.containerIp().toInetAddress(), port.containerPort());
    }

    private EventLoopGroup group() {
        if (group == null) {
            group = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("port-proxy", true), EpollIoHandler.newFactory());
        }
        return group;
    }

    /** Not waited for: the thread has nothing left to do but to end. */
    private void end() {
        if (group != null) {
            var ending = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            group = null;
            ending.addListener(done -> {});
        }
    }
}
