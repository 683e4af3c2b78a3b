package dev.jcompose.network.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Queries over one TCP connection, of which several may be under way at once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7766">RFC 7766</a>
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in exceptionCaught or channelInactive
final class TcpHandler extends SimpleChannelInboundHandler<ByteBuf> {
    /** More than it takes to give up on all servers, and short enough that idle connections do not pile up. */
    private static final int IDLE_SECONDS = 10;

    private final ContainerResolver resolver;
    private @Nullable ScheduledFuture<?> idle;

    TcpHandler(ContainerResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        restartTimer(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
        restartTimer(context);
        byte[] query = ByteBufUtil.getBytes(message);
        resolver.resolve(query, query.length, new Connected(context));
    }

    /** A client that sends queries and reads no answers is not read from either. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (idle != null) {
            idle.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void restartTimer(ChannelHandlerContext context) {
        if (idle != null) {
            idle.cancel(false);
        }
        idle = context.channel().eventLoop().schedule(() -> context.close(), IDLE_SECONDS, TimeUnit.SECONDS);
    }

    /** The client at the other end, now and later. */
    private static final class Connected implements Client {
        private final ChannelHandlerContext context;

        Connected(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public boolean tcp() {
            return true;
        }

        @Override
        public void answer(byte[] message, int length) {
            context.writeAndFlush(Unpooled.copiedBuffer(message, 0, length), context.voidPromise());
        }

        @Override
        public Client later() {
            return this;
        }
    }
}
