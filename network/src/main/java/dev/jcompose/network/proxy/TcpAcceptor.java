package dev.jcompose.network.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Accepts connections to a published port and makes one to the container for each. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in exceptionCaught or channelInactive
final class TcpAcceptor extends ChannelInboundHandlerAdapter {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int RESET = 0;

    private final InetSocketAddress target;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    TcpAcceptor(InetSocketAddress target) {
        this.target = target;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel client = (Channel) message;
        client.config().setOption(ChannelOption.AUTO_READ, false);
        client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        client.config().setOption(ChannelOption.TCP_NODELAY, true);
        connections.add(client);
        context.channel().eventLoop().register(client).addListener(registered -> {
            if (registered.isSuccess()) {
                connect(client);
            } else {
                client.unsafe().closeForcibly();
            }
        });
    }

    private void connect(Channel client) {
        new Bootstrap()
                .group(client.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel server) {
                        server.pipeline().addLast(new TcpRelay(client));
                    }
                })
                .connect(target)
                .addListener((io.netty.channel.ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        Channel server = connected.channel();
                        connections.add(server);
                        client.pipeline().addLast(new TcpRelay(server));
                        client.config().setAutoRead(true);
                        server.config().setAutoRead(true);
                    } else {
                        // The client is to see what the container said: nothing listens there.
                        client.config().setOption(ChannelOption.SO_LINGER, RESET);
                        client.close();
                    }
                });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.close();
    }

    /** Out of descriptors, most likely: trying again at once would only keep the loop busy. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Channel listener = context.channel();
        listener.config().setAutoRead(false);
        listener.eventLoop().schedule(() -> listener.config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}
