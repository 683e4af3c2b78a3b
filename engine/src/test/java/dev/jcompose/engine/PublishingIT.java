package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.ContainerSummary.Publisher;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Published ports between families, services and engines. */
@RequiresRoot
class PublishingIT extends EngineScenario {
    private static final String SERVER = """
              %1$s:
                image: localhost/host
                command:
                  - perl
                  - -MIO::Socket::INET
                  - -e
                  - '$$s = IO::Socket::INET->new(LocalPort => 8080, Listen => 5, ReuseAddr => 1);
                     while ($$c = $$s->accept) { print $$c q(%1$s); close $$c }'
                ports: ["%2$s"]
            """;

    @Test
    void localhostAnswersOverBothFamiliesAndBothAreShown() throws Exception {
        int port = freePort();
        up("services:\n" + SERVER.formatted("web", port + ":8080"));

        awaitAnswer("127.0.0.1", port, "web");
        awaitAnswer("::1", port, "web");
        assertThat(engine().container("p-web-1").publishers())
                .extracting(Publisher::url)
                .containsExactly("0.0.0.0", "::");
    }

    @Test
    void ipv6IsServedAgainByTheNextEngine() throws Exception {
        int port = freePort();
        up("services:\n" + SERVER.formatted("web", port + ":8080"));
        killEngine();
        awaitAnswer("127.0.0.1", port, "web");
        startAnotherEngine();
        awaitAnswer("::1", port, "web");
    }

    @Test
    void aPortOfOneIpv6AddressIsOpenThereAlone() throws Exception {
        int port = freePort();
        up("services:\n" + SERVER.formatted("web", "[::1]:" + port + ":8080"));
        awaitAnswer("::1", port, "web");
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(other.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void twoServicesSwapTheirPortsInOneUp() throws Exception {
        int one = freePort();
        int two = freePort();
        up("services:\n" + SERVER.formatted("a", one + ":8080") + SERVER.formatted("b", two + ":8080"));
        awaitAnswer("127.0.0.1", one, "a");

        up("services:\n" + SERVER.formatted("a", two + ":8080") + SERVER.formatted("b", one + ":8080"));

        awaitAnswer("127.0.0.1", one, "b");
        awaitAnswer("127.0.0.1", two, "a");
    }

    @Test
    void aServicesPortGoesToAnotherOneWhenItsOwnIsRemoved() throws Exception {
        int port = freePort();
        up("services:\n" + SERVER.formatted("a", port + ":8080") + "    scale: 1\n" + SERVER.formatted("b", "8080"));
        awaitAnswer("127.0.0.1", port, "a");

        up("services:\n" + SERVER.formatted("a", "8080") + "    scale: 0\n" + SERVER.formatted("b", port + ":8080"));

        awaitAnswer("127.0.0.1", port, "b");
    }

    @Test
    void whatIsOnInternalNetworksOnlyIsNotPublished() throws Exception {
        int port = freePort();
        up("services:\n" + SERVER.formatted("web", port + ":8080")
                + "    networks: [inner]\nnetworks: {inner: {internal: true}}\n");
        assertThat(engine().container("p-web-1").state()).isEqualTo("running");
        try (ServerSocket free = new ServerSocket(port)) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void aFlushedFirewallIsWrittenAgainWhileContainersRun() throws Exception {
        Path nft = Path.of("/usr/sbin/nft");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(nft), "nft is not installed");
        int port = freePort();
        up("services:\n" + SERVER.formatted("web", port + ":8080"));
        awaitAnswer("127.0.0.1", port, "web");
        Process tables = new ProcessBuilder(nft.toString(), "list", "tables", "ip").start();
        String own = new String(tables.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("jcompose-"))
                .findFirst()
                .orElseThrow();

        String table = own.substring(own.lastIndexOf(' ') + 1);
        assertThat(new ProcessBuilder(nft.toString(), "delete", "table", "ip", table)
                        .start()
                        .waitFor())
                .isZero();

        awaitAnswer("127.0.0.1", port, "web");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitAnswer(String address, int port, String answer) {
        Awaitility.await()
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(answer(address, port)).isEqualTo(answer));
    }

    private static String answer(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 5000);
            socket.setSoTimeout(5000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
