package dev.jcompose.network.proxy;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.network.firewall.PublishedPort;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The UDP ports that are served in user space. Not thread-safe. */
final class UdpPorts {
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BYTES = 1 << 20;

    private final Linux linux;
    private final Map<PublishedPort, Channel> served = new HashMap<>();
    private @Nullable EventLoopGroup group;

    UdpPorts(Linux linux) {
        this.linux = linux;
    }

    boolean serves(PublishedPort port) {
        return served.containsKey(port);
    }

    /** @param socket bound; taken over when this returns */
    void open(PublishedPort port, Fd socket) throws ErrnoException {
        Epoll.ensureAvailability();
        linux.sockets().setsockopt(socket, SocketCalls.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BYTES);
        EpollDatagramChannel channel = new EpollDatagramChannel(socket.release());
        channel.config().setRecvByteBufAllocator(UdpFlows.DATAGRAMS);
        channel.pipeline()
                .addLast(new UdpFlows(new InetSocketAddress(port.containerIp().toInetAddress(), port.containerPort())));
        group().register(channel).syncUninterruptibly();
        served.put(port, channel);
    }

    void close(PublishedPort port) {
        Channel channel = served.remove(port);
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        if (served.isEmpty()) {
            end();
        }
    }

    void close() {
        served.values().forEach(channel -> channel.close().awaitUninterruptibly());
        served.clear();
        end();
    }

    private EventLoopGroup group() {
        if (group == null) {
            group = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("udp-proxy", true), EpollIoHandler.newFactory());
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
