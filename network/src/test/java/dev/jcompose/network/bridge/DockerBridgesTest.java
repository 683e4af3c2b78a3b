package dev.jcompose.network.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.netlink.LinkInfo;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerBridgesTest {
    /** As Docker 20.10 writes it, but shorter. */
    private static final String NETWORKS = "[{\"Name\":\"bridge\",\"Id\":\"%s\",\"Scope\":\"local\","
            + "\"Options\":{\"com.docker.network.bridge.name\":\"docker0\"},\"Labels\":{}},"
            + "{\"Name\":\"shop_default\",\"Id\":\"0123456789ab%s\",\"Options\":{},\"Labels\":{}},"
            + "{\"Name\":\"lab\",\"Id\":\"%s\",\"Options\":{\"com.docker.network.bridge.name\":\"lab0\"}}]";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void dockerSaysWhichNetworkABridgeIsOf() throws Exception {
        assertThat(answered("docker0")).isEqualTo(" of Docker's network \"bridge\"");
        assertThat(answered("br-0123456789ab")).isEqualTo(" of Docker's network \"shop_default\"");
        assertThat(answered("lab0")).isEqualTo(" of Docker's network \"lab\"");
        assertThat(answered("br0")).isEmpty();
    }

    @Test
    void withoutAnAnswerTheNameOfTheBridgeTells() {
        DockerBridges none = new DockerBridges(directory.resolve("none.sock"), PATIENCE);
        assertThat(none.ownership(link("docker0", "bridge"))).isEqualTo(" of Docker");
        assertThat(none.ownership(link("docker_gwbridge", "bridge"))).isEqualTo(" of Docker");
        assertThat(none.ownership(link("br-0123456789ab", "bridge"))).isEqualTo(" of Docker");
        assertThat(none.ownership(link("br-lan", "bridge"))).isEmpty();
        assertThat(none.ownership(link("docker0", "dummy"))).isEmpty();
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedFor() throws IOException {
        Path socket = directory.resolve("silent.sock");
        try (ServerSocketChannel silent = listen(socket)) {
            assertThat(silent.isOpen()).isTrue();
            assertThat(new DockerBridges(socket, Duration.ofMillis(5)).ownership(link("docker0", "bridge")))
                    .isEqualTo(" of Docker");
        }
    }

    private String answered(String bridge) throws Exception {
        Path socket = directory.resolve(bridge + ".sock");
        try (ServerSocketChannel docker = listen(socket)) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> answer(docker));
            String words = new DockerBridges(socket, PATIENCE).ownership(link(bridge, "bridge"));
            assertThat(asked.get(10, TimeUnit.SECONDS)).startsWith("GET /networks HTTP/1.0\r\n");
            return words;
        }
    }

    private static String answer(ServerSocketChannel docker) {
        try (SocketChannel client = docker.accept()) {
            ByteBuffer question = ByteBuffer.allocate(1024);
            client.read(question);
            String body = NETWORKS.formatted("a".repeat(64), "c".repeat(52), "b".repeat(64));
            for (String part : new String[] {"HTTP/1.0 200 OK\r\n\r\n", body.substring(0, 99), body.substring(99)}) {
                client.write(ByteBuffer.wrap(part.getBytes(UTF_8)));
            }
            return new String(question.array(), 0, question.position(), UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }

    private static LinkInfo link(String name, String kind) {
        return new LinkInfo(3, name, true, 1500, 0, 0, kind, "", "");
    }
}
