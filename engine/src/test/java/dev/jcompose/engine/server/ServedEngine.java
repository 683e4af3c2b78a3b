package dev.jcompose.engine.server;

import dev.jcompose.engine.client.EngineClient;
import dev.jcompose.linux.Linux;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A fake engine behind a real socket. */
final class ServedEngine implements AutoCloseable {
    final FakeEngine engine = new FakeEngine();
    final AtomicInteger stops = new AtomicInteger();
    final Path socket;
    final ApiServer server;
    final EngineClient client;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final ExecutorService pool = Executors.newCachedThreadPool();

    ServedEngine(Path directory) throws IOException {
        socket = directory.resolve("engine.sock");
        Clock clock = Clock.fixed(FakeEngine.TIME.plusSeconds(6), ZoneOffset.UTC);
        server = ApiServer.start(engine, null, socket, group, pool, clock, stops::incrementAndGet, Linux.load());
        client = new EngineClient(socket);
    }

    /** Sends bytes as they are and gives all that comes back until the server closes. */
    String raw(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A request without a body; the answer's status line and body. */
    Answer ask(String method, String target) throws IOException {
        return ask(method, target, "");
    }

    Answer ask(String method, String target, String body) throws IOException {
        String text = raw("%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(method, target, body.length(), body));
        int end = text.indexOf("\r\n\r\n");
        String head = text.substring(0, end);
        String payload = text.substring(end + 4);
        boolean chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
        return new Answer(Integer.parseInt(text.substring(9, 12)), head, chunked ? joined(payload) : payload);
    }

    /** The data of all chunks. */
    private static String joined(String chunks) {
        StringBuilder data = new StringBuilder();
        int at = 0;
        while (at < chunks.length()) {
            int line = chunks.indexOf("\r\n", at);
            int size = Integer.parseInt(chunks.substring(at, line), 16);
            data.append(chunks, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
        return data.toString();
    }

    record Answer(int status, String head, String body) {}

    @Override
    public void close() throws IOException {
        server.close();
        pool.shutdownNow();
        group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
