package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.ContainerSummary.Publisher;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@RequiresRoot
class PublishedPortsIT extends EngineScenario {
    private static final String SERVER = """
            services:
              web:
                image: localhost/host
                command:
                  - perl
                  - -MIO::Socket::INET
                  - -e
                  - '$$s = IO::Socket::INET->new(LocalPort => 8080, Listen => 5, ReuseAddr => 1);
                     while ($$c = $$s->accept) { print $$c q(from the container); close $$c }'
                ports: ["%s"]
            """;

    private static final String IDLE = """
            services:
              web:
                image: localhost/host
                command: sleep 1000
                ports: ["%s"]
            """;

    @Test
    void aPublishedPortAnswersOnLocalhostAndOnTheHostsOwnAddress() throws Exception {
        int port = freePort();
        up(SERVER.formatted(port + ":8080"));
        awaitAnswer(InetAddress.getLoopbackAddress(), port);
        Optional<InetAddress> own = NetworkInterface.networkInterfaces()
                .filter(link -> link.getName().startsWith("e"))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address.getAddress().length == 4)
                .findFirst();
        if (own.isPresent()) {
            awaitAnswer(own.get(), port);
        }
    }

    @Test
    void aPortForOneAddressIsOpenThereAlone() throws Exception {
        int port = freePort();
        up(SERVER.formatted("127.0.0.1:" + port + ":8080"));
        awaitAnswer(InetAddress.getLoopbackAddress(), port);
        assertThatThrownBy(() -> answer(InetAddress.getByName("127.0.0.2"), port))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aPortThatAProcessHasIsNamedWithTheProcessAndNothingIsCreated() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String compose = IDLE.formatted(taken.getLocalPort() + ":8080");
            assertThatThrownBy(() -> up(compose))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContainingAll(
                            String.valueOf(taken.getLocalPort()),
                            "in use by",
                            "pid " + ProcessHandle.current().pid());
        }
        assertThat(engine().events()).isEmpty();
        assertThat(hasContainers()).isFalse();
    }

    @Test
    void aPortThatAnotherProjectHasIsNamedWithItsContainer() throws Exception {
        int port = freePort();
        up(IDLE.formatted(port + ":8080"));
        String other = request(IDLE.formatted(port + ":8080")).projectJson().replace("\"p\"", "\"q\"");
        assertThatThrownBy(() -> engine().up(UpRequest.of(other.replace("p_default", "q_default"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("port " + port)
                .hasMessageContaining("p-web-1");
        engine().engine().projects().down(new DownRequest("q", null, Set.of(), true, true, "none", 0), event -> {});
        assertThat(engine().events()).noneMatch(event -> event.contains("q-web-1 Created"));
    }

    @Test
    void withoutAHostPortTheKernelChoosesOneAndItIsShown() throws Exception {
        up(SERVER.formatted("8080"));
        Publisher shown = engine().container("p-web-1").publishers().get(0);
        assertThat(shown.targetPort()).isEqualTo(8080);
        assertThat(shown.publishedPort()).isPositive();
        awaitAnswer(InetAddress.getLoopbackAddress(), shown.publishedPort());
    }

    @Test
    void replicasShareARangeOfPorts() throws Exception {
        int first = freePort();
        up(IDLE.formatted(first + "-" + (first + 20) + ":8080") + "    scale: 2\n");
        int one = engine().container("p-web-1").publishers().get(0).publishedPort();
        int two = engine().container("p-web-2").publishers().get(0).publishedPort();
        assertThat(one).isBetween(first, first + 20).isNotEqualTo(two);
        assertThat(two).isBetween(first, first + 20);
    }

    @Test
    void aPortIsFreeAgainWhenItsContainerHasEnded() throws Exception {
        int port = freePort();
        up(IDLE.formatted(port + ":8080"));
        assertThatThrownBy(() -> new ServerSocket(port).close()).isInstanceOf(IOException.class);
        engine().engine().projects().stop(TestEngine.services(), engine().listener());
        Awaitility.await().untilAsserted(() -> new ServerSocket(port).close());
    }

    @Test
    void aPublishedPortAnswersAlsoAfterTheEngineWasKilled() throws Exception {
        int port = freePort();
        up(SERVER.formatted(port + ":8080"));
        awaitAnswer(InetAddress.getLoopbackAddress(), port);
        killEngine();
        awaitAnswer(InetAddress.getLoopbackAddress(), port);
        startAnotherEngine();
        awaitAnswer(InetAddress.getLoopbackAddress(), port);
        assertThatThrownBy(() -> new ServerSocket(port).close()).isInstanceOf(IOException.class);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitAnswer(InetAddress address, int port) {
        Awaitility.await()
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(answer(address, port)).isEqualTo("from the container"));
    }

    private static String answer(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 5000);
            socket.setSoTimeout(5000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
