package dev.jcompose.network.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes datagrams on: each client has a socket of its own towards the container, for as long as datagrams go either
 * way.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a datagram that cannot be sent is lost, as datagrams may be
final class UdpFlows extends SimpleChannelInboundHandler<DatagramPacket> {
    /** The largest datagram. */
    static final RecvByteBufAllocator DATAGRAMS = new FixedRecvByteBufAllocator(65_536);

    private static final int MAX_FLOWS = 1024;
    private static final int IDLE_SECONDS = 90;

    private final InetSocketAddress target;
    private final Map<InetSocketAddress, Flow> flows = new HashMap<>();

    UdpFlows(InetSocketAddress target) {
        this.target = target;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        Flow flow = flows.get(packet.sender());
        if (flow == null) {
            if (flows.size() >= MAX_FLOWS) {
                // A client that is not there any more keeps its flow for a while; a new one has to wait for that.
                return;
            }
            flow = new Flow(context.channel(), packet.sender());
            flows.put(packet.sender(), flow);
            flow.open();
        }
        flow.send(packet.content().retain());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Map.copyOf(flows).values().forEach(Flow::close);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // What a client's host said of an answer that it did not want: nothing to do about that.
    }

    /** One client's datagrams, and the answers to them. Used on the event loop only. */
    private final class Flow extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Channel listener;
        private final InetSocketAddress client;
        private final Channel server;
        private long usedAt = System.nanoTime();
        private @Nullable ChannelFuture connected;

        private Flow(Channel listener, InetSocketAddress client) {
            this.listener = listener;
            this.client = client;
            this.server = new EpollDatagramChannel(
                    target.getAddress() instanceof Inet6Address
                            ? SocketProtocolFamily.INET6
                            : SocketProtocolFamily.INET);
        }

        private void open() {
            connected = new Bootstrap()
                    .group(listener.eventLoop())
                    .channelFactory(() -> server)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, DATAGRAMS)
                    .handler(this)
                    .connect(target);
            watch(IDLE_SECONDS);
        }

        private void send(ByteBuf bytes) {
            usedAt = System.nanoTime();
            ChannelFuture ready = Objects.requireNonNull(connected);
            if (ready.isDone()) {
                server.writeAndFlush(bytes);
            } else {
                ready.addListener(done -> server.writeAndFlush(bytes));
            }
        }

        private void watch(long seconds) {
            listener.eventLoop()
                    .schedule(
                            () -> {
                                long idle = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - usedAt);
                                if (idle >= IDLE_SECONDS || !listener.isOpen()) {
                                    close();
                                } else if (server.isOpen()) {
                                    watch(IDLE_SECONDS - idle);
                                }
                            },
                            seconds,
                            TimeUnit.SECONDS);
        }

        private void close() {
            flows.remove(client, this);
            server.close();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            usedAt = System.nanoTime();
            listener.writeAndFlush(new DatagramPacket(packet.content().retain(), client));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            flows.remove(client, this);
        }

        /** Most likely nothing listens in the container; the next datagram tries again. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            close();
        }
    }
}
