package dev.jcompose.network.dns;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queries over UDP. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in exceptionCaught or channelInactive
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger log = LoggerFactory.getLogger(UdpHandler.class);

    private final ContainerResolver resolver;
    private boolean reading;

    UdpHandler(ContainerResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        InetSocketAddress client = packet.sender();
        reading = true;
        resolver.resolve(packet.content(), false, context.alloc(), answer -> {
            if (!context.channel().isWritable()) {
                // A client that asks faster than it takes answers loses some, as with any datagram.
                answer.release();
                return;
            }
            DatagramPacket reply = new DatagramPacket(answer, client);
            if (reading) {
                context.write(reply, context.voidPromise());
            } else {
                context.writeAndFlush(reply, context.voidPromise());
            }
        });
    }

    /** Answers that are known at once leave together, in one system call. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("dns over udp: {}", cause.toString());
    }
}
