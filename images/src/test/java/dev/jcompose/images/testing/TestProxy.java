package dev.jcompose.images.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy on loopback: tunnels (CONNECT) and plain requests, to servers of this machine under made-up names. */
public final class TestProxy implements AutoCloseable {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> ports;
    private final @Nullable String login;
    private final Channel channel;

    /**
     * Opens it.
     *
     * @param ports of this machine by {@code NAME:PORT}
     * @param login {@code USER:PASSWORD} that it wants; null for none
     */
    public TestProxy(Map<String, Integer> ports, @Nullable String login) {
        this.ports = Map.copyOf(ports);
        this.login = login;
        channel = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new Head());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** What it let through, {@code METHOD TARGET}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Waits for the head of a request; then all that comes is carried to where the head says. */
    private final class Head extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            String seen = in.toString(ISO_8859_1);
            int end = seen.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            in.skipBytes(end + 4);
            String head = seen.substring(0, end);
            String[] line = head.substring(0, head.indexOf("\r\n")).split(" ");
            if (login != null && !head.contains(proof())) {
                answer(context, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"", true);
                return;
            }
            requests.add(line[0] + " " + line[1]);
            boolean tunnel = line[0].equals("CONNECT");
            URI uri = URI.create(tunnel ? "https://" + line[1] : line[1]);
            String name = uri.getHost() + ":" + (uri.getPort() < 0 ? 80 : uri.getPort());
            if (!ports.containsKey(name)) {
                answer(context, "502 Bad Gateway", false);
                return;
            }
            context.channel().config().setAutoRead(false);
            String forwarded = tunnel
                    ? ""
                    : line[0] + " " + target(uri) + " " + line[2] + head.substring(head.indexOf("\r\n"))
                            + "\r\nConnection: close\r\n\r\n";
            connect(context.channel(), ports.getOrDefault(name, 0)).addListener((ChannelFutureListener) connected -> {
                if (!connected.isSuccess()) {
                    context.close();
                    return;
                }
                if (tunnel) {
                    context.writeAndFlush(bytes("HTTP/1.1 200 Connection established\r\n\r\n"));
                }
                connected.channel().writeAndFlush(bytes(forwarded));
                context.pipeline().addLast(new Relay(connected.channel()));
                // What has come of the body already goes on to the relay.
                context.pipeline().remove(this);
                context.channel().config().setAutoRead(true);
            });
        }

        private static String target(URI uri) {
            return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        }

        private String proof() {
            return "Proxy-Authorization: Basic "
                    + Base64.getEncoder().encodeToString(String.valueOf(login).getBytes(UTF_8));
        }

        private void answer(ChannelHandlerContext context, String status, boolean stays) {
            ChannelFuture sent = context.writeAndFlush(bytes("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"));
            if (!stays) {
                sent.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, ISO_8859_1);
    }

    private ChannelFuture connect(Channel client, int port) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new Relay(client))
                .connect(InetAddress.getLoopbackAddress(), port);
    }

    /** Carries everything to the other side. */
    private static final class Relay extends ChannelInboundHandlerAdapter {
        private final Channel other;

        Relay(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            other.writeAndFlush(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
