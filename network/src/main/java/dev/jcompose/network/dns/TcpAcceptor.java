package dev.jcompose.network.dns;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.util.concurrent.TimeUnit;

/** Accepts a container's TCP connections, up to a bound. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in exceptionCaught or channelInactive
final class TcpAcceptor extends ChannelInboundHandlerAdapter {
    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_MESSAGE_BYTES = 65_535;

    private final ContainerResolver resolver;
    private final ChannelGroup connections;

    TcpAcceptor(ContainerResolver resolver, ChannelGroup connections) {
        this.resolver = resolver;
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel connection = (Channel) message;
        if (connections.size() >= MAX_CONNECTIONS) {
            connection.unsafe().closeForcibly();
            return;
        }
        connection
                .pipeline()
                .addLast(new LengthFieldBasedFrameDecoder(MAX_MESSAGE_BYTES + 2, 0, 2, 0, 2))
                .addLast(new LengthFieldPrepender(2))
                .addLast(new TcpHandler(resolver));
        connections.add(connection);
        context.channel().eventLoop().register(connection);
    }

    /** Out of descriptors, most likely: trying again at once would only keep the loop busy. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Channel listener = context.channel();
        listener.config().setAutoRead(false);
        listener.eventLoop().schedule(() -> listener.config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}
