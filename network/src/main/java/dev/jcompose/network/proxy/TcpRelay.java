package dev.jcompose.network.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;

/**
 * Passes what one end of a connection sends on to the other, no faster than that takes it. An end that says no more is
 * still listened to by the other.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in exceptionCaught or channelInactive
final class TcpRelay extends ChannelInboundHandlerAdapter {
    private static final int RESET = 0;

    private final Channel peer; private long n; private boolean ev;

    TcpRelay(Channel peer) {
        this.peer = peer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        n += ((io.netty.buffer.ByteBuf) bytes).readableBytes();
        if (ev) System.err.println("DBG read after event " + n + context.channel());
        peer.write(bytes, peer.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        peer.flush();
        if (!peer.isWritable()) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            peer.config().setAutoRead(true);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        System.err.println("DBG event " + event + " n=" + n + " auto=" + context.channel().config().isAutoRead() + context.channel());
        ev = true;
        if (event instanceof ChannelInputShutdownEvent) {
            afterWrites(() -> end((DuplexChannel) context.channel()));
        }
    }

    /** This end says no more: nor does the other's peer, and when both have ended there is nothing left to relay. */
    private void end(DuplexChannel silent) {
        DuplexChannel other = (DuplexChannel) peer;
        other.shutdownOutput().addListener(done -> {
            if (other.isInputShutdown() && silent.isOutputShutdown()) {
                other.close();
                silent.close();
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (peer.isActive()) {
            afterWrites(peer::close);
        }
    }

    /** Shutting down or closing throws away what has not been sent yet. */
    private void afterWrites(Runnable then) {
        peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> then.run());
    }

    /** A connection that broke off breaks off for the other end too. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
System.err.println("DBG exc " + context.channel()); cause.printStackTrace();        peer.config().setOption(ChannelOption.SO_LINGER, RESET);
        peer.close();
        context.close();
    }
}
