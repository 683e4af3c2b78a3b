package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.ConnectRequest;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.engine.wire.NetworkJson;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@RequiresRoot
class NetworkConnectionsIT extends EngineScenario {
    private static final String LAN = "it-lan";
    private static final String DEFAULT_ROUTES =
            "(ip route; ip -6 route) | grep ^default | sed 's/\\(dev [^ ]*\\).*/\\1/'";

    @AfterEach
    void removeTheLan() {
        engine().down();
        if (NetworkSummary.find(networks().list(), LAN).isPresent()) {
            networks().remove(LAN);
        }
    }

    @Test
    void aRunningContainerIsTakenToANetworkAndOffIt() throws Exception {
        lan("10.213.75.0/24");
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000}
                  guest: {image: localhost/host, command: sleep 1000, networks: [lan]}
                networks: {lan: {external: true, name: it-lan}}
                """);
        assertThat(exec("guest", "getent", "hosts", "web")).startsWith("2: ");

        networks().connect(LAN, request("p-web-1", "10.213.75.9", "shop"));
        assertThat(exec("web", "ip", "-4", "-br", "addr", "show", "eth1")).contains(" 10.213.75.9/24");
        assertThat(exec("web", "cat", "/etc/hosts")).contains("10.213.75.9\t");
        assertThat(exec("web", "ip", "route", "show", "default"))
                .contains(" dev eth0")
                .doesNotContain("eth1");
        for (String name : List.of("web", "shop", "p-web-1", "web.it-lan")) {
            assertThat(exec("guest", "getent", "ahostsv4", name)).startsWith("0: 10.213.75.9 ");
        }
        assertThat(exec("web", "getent", "ahostsv4", "guest")).startsWith("0: 10.213.75.");
        assertThatThrownBy(() -> networks().connect(LAN, ConnectRequest.of("p-web-1")))
                .hasMessage("endpoint with name p-web-1 already exists in network it-lan");

        engine().engine().projects().restart(TestEngine.services("web"), engine().listener());
        assertThat(exec("guest", "getent", "ahostsv4", "shop"))
                .as("also after a restart")
                .startsWith("0: 10.213.75.9 ");
        killEngine();
        startAnotherEngine();
        assertThat(exec("guest", "getent", "ahostsv4", "shop"))
                .as("also with another engine")
                .startsWith("0: 10.213.75.9 ");

        networks().disconnect(LAN, "p-web-1");
        assertThat(exec("web", "ls", "/sys/class/net")).isEqualTo("0: eth0\nlo\n");
        assertThat(exec("web", "cat", "/etc/hosts")).doesNotContain("10.213.75.9");
        assertThat(exec("guest", "getent", "hosts", "web")).startsWith("2: ");
        assertThatThrownBy(() -> networks().disconnect(LAN, "p-web-1"))
                .hasMessage("container p-web-1 is not connected to network it-lan");
    }

    @Test
    void portsAndTheWayOutsideGoOverANetworkThatIsLeft() throws Exception {
        lan("10.213.76.0/24");
        up("""
                services:
                  web:
                    image: localhost/host
                    command: busybox httpd -f -p 8080 -h /etc/alternatives
                    ports: ["127.0.0.1:28080:8080"]
                """);
        awaitAnswer(28080);
        networks().connect(LAN, ConnectRequest.of("p-web-1"));
        networks().disconnect("p_default", "p-web-1");
        assertThat(exec("web", "ls", "/sys/class/net")).isEqualTo("0: eth1\nlo\n");
        assertThat(exec("web", "ip", "route", "show", "default")).startsWith("0: default via 10.213.76.1 dev eth1");
        awaitAnswer(28080);
        assertThat(engine().container("p-web-1").networks().keySet()).containsExactly(LAN);

        networks().disconnect(LAN, "p-web-1");
        assertThatThrownBy(() -> answer(28080)).isInstanceOf(IOException.class);
        engine().engine().projects().stop(TestEngine.services("web"), engine().listener());
        networks().connect("p_default", ConnectRequest.of("p-web-1"));
        engine().engine().projects().start(TestEngine.services("web"), engine().listener());
        awaitAnswer(28080);
    }

    @Test
    void aHigherGatewayPriorityLeadsTheWayOutsideAndThePortsOverItAtOnce() throws Exception {
        networks()
                .create(new NetworkRequest(
                        LAN,
                        "",
                        false,
                        true,
                        true,
                        null,
                        List.of(
                                new NetworkSummary.Pool("10.213.78.0/24", "", "", Map.of()),
                                new NetworkSummary.Pool("fd00:213:78::/64", "", "", Map.of())),
                        Map.of(),
                        Map.of()));
        up("""
                services:
                  web:
                    image: localhost/host
                    command: busybox httpd -f -p 8080 -h /etc/alternatives
                    ports: ["127.0.0.1:28081:8080"]
                networks: {default: {enable_ipv6: true}}
                """);
        awaitAnswer(28081);
        String before = exec("web", "sh", "-c", DEFAULT_ROUTES);
        assertThat(before).startsWith("0: ").contains("eth0").doesNotContain("eth1");

        networks().connect(LAN, new ConnectRequest("p-web-1", List.of(), null, null, List.of(), null, Map.of(), 1));
        assertThat(exec("web", "sh", "-c", DEFAULT_ROUTES))
                .isEqualTo("0: default via 10.213.78.1 dev eth1\ndefault via fd00:213:78::1 dev eth1\n");
        assertThat(exec("web", "getent", "ahostsv4", "host.docker.internal")).startsWith("0: 10.213.78.1 ");
        awaitAnswer(28081);
        assertThat(engine().container("p-web-1").networks().get(LAN)).isNotNull();
        engine().engine().projects().restart(TestEngine.services("web"), engine().listener());
        assertThat(exec("web", "sh", "-c", DEFAULT_ROUTES))
                .as("also after a restart")
                .contains("10.213.78.1")
                .contains("fd00:213:78::1");
        awaitAnswer(28081);

        networks().disconnect(LAN, "p-web-1");
        assertThat(exec("web", "sh", "-c", DEFAULT_ROUTES)).isEqualTo(before);
        awaitAnswer(28081);
    }

    @Test
    void aContainerOfAnotherProjectJoinsAnAttachableNetworkAndIsTheOnlyReasonForItToStay() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, networks: [front]}
                networks: {front: {attachable: true}}
                """);
        String other = "services: {guest: {image: localhost/host, command: sleep 1000}}";
        engine().up(UpRequest.builder(TestEngine.canonical(directory(), other, "q"))
                .build());
        try {
            NetworkSummary front =
                    NetworkSummary.find(networks().list(), "p_front").orElseThrow();
            assertThat(front.attachable()).isTrue();
            assertThat(engine().exec("q-guest-1", "getent", "hosts", "web")).startsWith("2: ");
            networks().connect("p_front", ConnectRequest.of("q-guest-1"));
            assertThat(engine().exec("q-guest-1", "getent", "hosts", "web")).startsWith("0: ");
            assertThat(exec("web", "getent", "hosts", "guest")).startsWith("0: ");

            engine().down();
            assertThat(engine().events()).contains("PROJECT p Warning: Network p_front Resource is still in use");
            networks().disconnect("p_front", "q-guest-1");
            networks().remove("p_front");
        } finally {
            engine().downOther("q");
        }
    }

    @Test
    void whatCannotBeConnectedIsRefusedAndNothingChanges() throws Exception {
        lan("10.213.77.0/24");
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000}
                  outside: {image: localhost/host, command: sleep 1000, network_mode: host}
                  beside: {image: localhost/host, command: sleep 1000, network_mode: "service:web"}
                  alone: {image: localhost/host, command: sleep 1000, network_mode: none}
                """);
        for (String service : List.of("outside", "beside", "alone")) {
            assertThatThrownBy(() -> networks().connect(LAN, ConnectRequest.of("p-" + service + "-1")))
                    .hasMessageMatching("container .*cannot be (dis)?connected .*");
        }
        assertThatThrownBy(() -> networks().connect(LAN, request("p-web-1", "10.213.99.9")))
                .hasMessageContaining("address 10.213.99.9 of \"p-web-1\" is in no subnet of network \"it-lan\"");
        assertThatThrownBy(() -> networks().connect(LAN, request("p-web-1", "10.213.77.x")))
                .hasMessageContaining("10.213.77.x");
        assertThat(exec("web", "ls", "/sys/class/net")).isEqualTo("0: eth0\nlo\n");
        networks().connect(LAN, ConnectRequest.of("p-web-1"));
        String json = NetworkJson.write(request("a", "10.0.0.1", "b")).toString();
        assertThat(NetworkJson.readConnect(JsonObject.parse(json))).isEqualTo(request("a", "10.0.0.1", "b"));
    }

    private NetworkOperations networks() {
        return engine().engine().networks();
    }

    private void lan(String subnet) {
        networks()
                .create(new NetworkRequest(
                        LAN,
                        "",
                        false,
                        true,
                        null,
                        null,
                        List.of(new NetworkSummary.Pool(subnet, "", "", Map.of())),
                        Map.of(),
                        Map.of()));
    }

    private static ConnectRequest request(String container, String address, String... aliases) {
        return new ConnectRequest(container, List.of(aliases), address, null, List.of(), null, Map.of(), 0);
    }

    private String exec(String service, String... command) {
        return engine().exec("p-" + service + "-1", command);
    }

    private static void awaitAnswer(int port) {
        Awaitility.await()
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(answer(port)).startsWith("HTTP/1."));
    }

    private static String answer(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 5000);
            socket.setSoTimeout(5000);
            socket.getOutputStream().write("GET /nothing HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
