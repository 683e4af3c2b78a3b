package dev.jcompose.network.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Asks over a socket of its own for each question: its random port and the random id are what keeps others from
 * answering in the server's name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5452">RFC 5452</a>
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in exceptionCaught or channelInactive
final class UpstreamChannel implements Upstream {
    private static final int MAX_MESSAGE_BYTES = 65_535;
    private static final int ID_VALUES = 0x10000;

    private final boolean tcp;
    private final Duration timeout;
    private final RandomGenerator random;

    private UpstreamChannel(boolean tcp, Duration timeout, RandomGenerator random) {
        this.tcp = tcp;
        this.timeout = timeout;
        this.random = random;
    }

    /** Over UDP; {@code random} must not be predictable. */
    static Upstream udp(Duration timeout, RandomGenerator random) {
        return new UpstreamChannel(false, timeout, random);
    }

    /** Over TCP, where the time counts from the connection's first packet. */
    static Upstream tcp(Duration timeout, RandomGenerator random) {
        return new UpstreamChannel(true, timeout, random);
    }

    @Override
    public Future<byte[]> ask(EventLoop loop, InetSocketAddress server, RawMessage query) {
        int id = random.nextInt(ID_VALUES);
        Promise<byte[]> answer = loop.newPromise();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> channel(server))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tcp) {
                            channel.pipeline()
                                    .addLast(new LengthFieldBasedFrameDecoder(MAX_MESSAGE_BYTES + 2, 0, 2, 0, 2))
                                    .addLast(new LengthFieldPrepender(2));
                        }
                        channel.pipeline().addLast(new Answers(query, id, answer));
                    }
                });
        if (tcp) {
            bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis());
        } else {
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, UdpSizes.ANSWERS);
        }
        Channel channel = bootstrap
                .connect(server)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        answer.tryFailure(connected.cause());
                    }
                })
                .channel();
        ScheduledFuture<?> timer = loop.schedule(
                () -> answer.tryFailure(new SocketTimeoutException("no answer from " + server + " in " + timeout)),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        return answer.addListener(done -> {
            timer.cancel(false);
            channel.close();
        });
    }

    private Channel channel(InetSocketAddress server) {
        if (tcp) {
            return new EpollSocketChannel();
        }
        return new EpollDatagramChannel(
                server.getAddress() instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    }

    /** Sends the question when the channel is connected, and waits for its answer. */
    private static final class Answers extends SimpleChannelInboundHandler<Object> {
        private final RawMessage query;
        private final int id;
        private final Promise<byte[]> answer;

        private Answers(RawMessage query, int id, Promise<byte[]> answer) {
            this.query = query;
            this.id = id;
            this.answer = answer;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(io.netty.buffer.Unpooled.wrappedBuffer(query.withId(id)));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object message) {
            ByteBuf content = message instanceof ByteBufHolder packet ? packet.content() : (ByteBuf) message;
            byte[] bytes = ByteBufUtil.getBytes(content);
            if (query.isAnsweredBy(bytes, id)) {
                answer.trySuccess(bytes);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.tryFailure(new java.nio.channels.ClosedChannelException());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.tryFailure(cause);
        }
    }
}
