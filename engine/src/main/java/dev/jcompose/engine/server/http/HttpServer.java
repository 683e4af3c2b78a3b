package dev.jcompose.engine.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Listens on a unix socket that only its owner may use. */
public final class HttpServer implements AutoCloseable {
    private final Channel channel;
    private final Path socket;
    private final AtomicInteger open;

    private HttpServer(Channel channel, Path socket, AtomicInteger open) {
        this.channel = channel;
        this.socket = socket;
        this.open = open;
    }

    /**
     * Begins to listen. A socket that is left from before is replaced; the new one appears at its path with mode 0600
     * and only when connections are accepted.
     *
     * @param socket in a directory that exists
     * @param group of epoll event loops; stays the caller's
     * @param pool runs the endpoints. Each request keeps a thread for as long as it takes, which for a stream is as
     *     long as the client listens, so the pool must grow
     * @param hungUp tells of a socket's descriptor whether its other end is closed in both directions
     * @throws IOException naming the socket
     */
    public static HttpServer listen(
            Path socket, EventLoopGroup group, Router router, Executor pool, IntPredicate hungUp) throws IOException {
        AtomicInteger open = new AtomicInteger();
        Path fresh = socket.resolveSibling(socket.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Channel channel = bind(fresh, group, () -> new ConnectionHandler(router, pool, open, hungUp));
        try {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, socket, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            channel.close().awaitUninterruptibly();
            throw e;
        }
        return new HttpServer(channel, socket, open);
    }

    private static Channel bind(Path socket, EventLoopGroup group, Supplier<ConnectionHandler> handlers)
            throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channelFactory(EpollServerDomainSocketChannel::new)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(new HttpServerCodec(), new HttpServerExpectContinueHandler(), handlers.get());
                    }
                });
        var bound = bootstrap.bind(new DomainSocketAddress(socket.toFile())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + socket, bound.cause());
        }
        return bound.channel();
    }

    /** How many requests are being handled. */
    public int openRequests() {
        return open.get();
    }

    /** Stops listening and removes the socket. Connections that exist go on. */
    @Override
    public void close() throws IOException {
        channel.close().awaitUninterruptibly();
        Files.deleteIfExists(socket);
    }
}
