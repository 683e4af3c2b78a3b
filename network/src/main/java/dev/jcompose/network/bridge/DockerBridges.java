package dev.jcompose.network.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.linux.netlink.LinkInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bridges of the host are Docker's: Docker knows if it answers, and else their names tell. */
final class DockerBridges {
    /** Where Docker usually answers. */
    static final Path SOCKET = Path.of("/var/run/docker.sock");

    private static final Pattern USUAL_NAME = Pattern.compile("docker0|docker_gwbridge|br-[0-9a-f]{12}");
    private static final Pattern NETWORK = Pattern.compile("\\{\"Name\":\"([^\"]*)\",\"Id\":\"([0-9a-f]{12})");
    private static final byte[] QUESTION = "GET /networks HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(UTF_8);

    private final Path socket;
    private final Duration patience;

    /** @param patience how long to wait for Docker's answer */
    DockerBridges(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /** In words that go behind the link's name; empty for what is not Docker's. Asks Docker. */
    String ownership(LinkInfo link) {
        if (!link.kind().equals("bridge")) {
            return "";
        }
        return network(link.name())
                .map(name -> " of Docker's network \"" + name + "\"")
                .orElse(USUAL_NAME.matcher(link.name()).matches() ? " of Docker" : "");
    }

    /**
     * The network of a bridge.
     *
     * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.43/#tag/Network/operation/NetworkList">List
     *     networks</a>
     */
    private Optional<String> network(String bridge) {
        String networks;
        try {
            networks = networks();
        } catch (IOException e) {
            // There is no Docker, or it is not for us.
            return Optional.empty();
        }
        Matcher next = NETWORK.matcher(networks);
        boolean found = next.find();
        while (found) {
            String name = next.group(1);
            boolean named = bridge.equals("br-" + next.group(2));
            int start = next.start();
            found = next.find();
            String description = networks.substring(start, found ? next.start() : networks.length());
            if (named || description.contains("\"com.docker.network.bridge.name\":\"" + bridge + "\"")) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private String networks() throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Selector selector = Selector.open()) {
            channel.write(ByteBuffer.wrap(QUESTION));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            ByteBuffer part = ByteBuffer.allocate(8192);
            while (channel.read(part) >= 0) {
                answer.write(part.array(), 0, part.position());
                part.clear();
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    throw new SocketTimeoutException("no answer from " + socket);
                }
                selector.select(millis);
                selector.selectedKeys().clear();
            }
        }
        return answer.toString(UTF_8);
    }
}
