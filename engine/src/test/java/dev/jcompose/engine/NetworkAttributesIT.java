package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.ContainerSummary.Publisher;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a Compose file can say about a service's place in its networks, one by one. */
@RequiresRoot
class NetworkAttributesIT extends EngineScenario {

    @Test
    void aServiceAsksItsOwnServersUnderItsOwnDomains() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    dns: [10.251.9.1]
                    dns_search: [corp.test]
                    dns_opt: ["ndots:2", "timeout:1"]
                networks: {default: {ipam: {config: [{subnet: 10.251.9.0/24, gateway: 10.251.9.1}]}}}
                """);
        // The host has its server's address since then.
        try (NameServer server = new NameServer("10.251.9.1")) {
            assertThat(exec("web", "grep", "-v", "^#", "/etc/resolv.conf"))
                    .isEqualTo("0: nameserver 127.0.0.11\nsearch corp.test\noptions ndots:2 timeout:1\n");
            assertThat(exec("web", "getent", "ahostsv4", "printer")).startsWith("0: 192.0.2.7 ");
            assertThat(server.asked).contains("printer.corp.test").doesNotContain("printer");
            assertThat(exec("web", "getent", "ahostsv4", "web")).startsWith("0: 10.");
        }
    }

    @Test
    void aServiceHasTheHardwareAndLinkLocalAddressesAndTheSettingsThatItAsksFor() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    networks:
                      default:
                        mac_address: "02:42:ac:11:65:43"
                        link_local_ips: [169.254.7.7]
                        driver_opts:
                          com.docker.network.endpoint.sysctls: net.ipv4.conf.IFNAME.log_martians=1
                """);
        assertThat(exec("web", "cat", "/sys/class/net/eth0/address")).isEqualTo("0: 02:42:ac:11:65:43\n");
        assertThat(exec("web", "ip", "-4", "-br", "addr", "show", "eth0")).contains(" 169.254.7.7/16");
        assertThat(exec("web", "cat", "/proc/sys/net/ipv4/conf/eth0/log_martians"))
                .isEqualTo("0: 1\n");
        assertThat(engine().engine().networks().list().stream()
                        .flatMap(network -> network.endpoints().stream())
                        .map(NetworkSummary.Endpoint::mac))
                .containsExactly("02:42:ac:11:65:43");
    }

    @Test
    void addressesComeFromTheRangeAndAuxiliaryOnesAreLeftOut() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, scale: 2}
                networks:
                  default:
                    ipam:
                      config:
                        - subnet: 10.213.74.0/24
                          ip_range: 10.213.74.128/30
                          gateway: 10.213.74.9
                          aux_addresses: {printer: 10.213.74.129, router: 10.213.74.131}
                """);
        assertThat(List.of(address("p-web-1"), address("p-web-2")))
                .containsExactlyInAnyOrder("10.213.74.128", "10.213.74.130");
        assertThat(exec("web", "ip", "route", "show", "default")).startsWith("0: default via 10.213.74.9 dev eth0");
    }

    @Test
    void aContainerOfAnotherProjectLendsItsNetwork() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, container_name: it-lender}
                """);
        engine().up(UpRequest.of(TestEngine.canonical(directory(), """
                services:
                  guest: {image: localhost/host, command: sleep 1000, network_mode: "container:it-lender"}
                """, "q")));
        try {
            assertThat(engine().exec("q-guest-1", "ip", "-4", "-br", "addr", "show", "eth0"))
                    .isEqualTo(engine().exec("it-lender", "ip", "-4", "-br", "addr", "show", "eth0"))
                    .contains(address("it-lender"));
            assertThat(engine().exec("q-guest-1", "getent", "ahostsv4", "web"))
                    .startsWith("0: " + address("it-lender"));
        } finally {
            engine().downOther("q");
        }
    }

    @Test
    void aNetworkOfIpv6AloneIsPublishedToClientsOfBothFamilies() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: busybox httpd -f -p 8080 -h /etc/alternatives
                    ports: ["8080"]
                networks: {default: {enable_ipv4: false, enable_ipv6: true}}
                """);
        assertThat(exec("web", "ip", "-4", "-br", "addr", "show", "eth0")).doesNotContain("10.");
        List<Publisher> publishers = engine().container("p-web-1").publishers();
        assertThat(publishers).extracting(Publisher::url).containsExactly("0.0.0.0", "::");
        for (String host : List.of("127.0.0.1", "::1")) {
            Awaitility.await().untilAsserted(() -> {
                try (var socket = new java.net.Socket()) {
                    socket.connect(new InetSocketAddress(host, publishers.get(0).publishedPort()), 5000);
                    socket.setSoTimeout(5000);
                    socket.getOutputStream().write("GET /nothing HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
                    assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                            .startsWith("HTTP/1.");
                }
            });
        }
    }

    @Test
    void aRangeOfUdpPortsIsPublishedOneByOne() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command:
                      - perl
                      - -MIO::Socket::INET
                      - -e
                      - '$$s = IO::Socket::INET->new(LocalPort => 9001, Proto => "udp");
                         while ($$s->recv($$m, 99)) { $$s->send("heard $$m") }'
                    ports: ["127.0.0.1:28000-28002:9000-9002/udp"]
                """);
        assertThat(engine().container("p-web-1").publishers())
                .extracting(port -> port.publishedPort() + ":" + port.targetPort() + "/" + port.protocol())
                .containsExactly("28000:9000/udp", "28001:9001/udp", "28002:9002/udp");
        Awaitility.await().ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> {
            try (DatagramSocket client = new DatagramSocket()) {
                client.setSoTimeout(300);
                client.connect(new InetSocketAddress("127.0.0.1", 28001));
                client.send(new DatagramPacket("you".getBytes(US_ASCII), 3));
                DatagramPacket answer = new DatagramPacket(new byte[99], 99);
                client.receive(answer);
                assertThat(new String(answer.getData(), 0, answer.getLength(), US_ASCII))
                        .isEqualTo("heard you");
            }
        });
    }

    @Test
    void namesAreThereBeforeTheFirstInstruction() throws Exception {
        up("""
                services:
                  db: {image: localhost/host, command: sleep 1000}
                  job:
                    image: localhost/host
                    command: sh -c 'getent hosts db && getent hosts job'
                    scale: 12
                    depends_on: [db]
                """);
        for (int i = 1; i <= 12; i++) {
            String job = "p-job-" + i;
            Awaitility.await().until(() -> state(job).startsWith("exited"));
            assertThat(state(job)).isEqualTo("exited 0");
        }
    }

    @Test
    void aProjectOfManyContainersGetsASubnetWithRoomForThem() throws Exception {
        UpRequest request = UpRequest.builder(TestEngine.canonical(directory(), """
                        services:
                          web: {image: localhost/host, command: sleep 1000, scale: 260}
                        """))
                .noStart(true)
                .build();
        engine().up(request);
        assertThat(engine().engine().networks().list())
                .filteredOn(network -> network.name().equals("p_default"))
                .flatExtracting(NetworkSummary::pools)
                .singleElement()
                .satisfies(pool -> assertThat(pool.subnet()).endsWith("/20"));
    }

    private String exec(String service, String... command) {
        return engine().exec("p-" + service + "-1", command);
    }

    private String address(String container) {
        return Optional.ofNullable(engine().container(container).networks().get("p_default"))
                .orElseThrow();
    }

    /** A server that knows the IPv4 address of printers, and nothing else. */
    private static final class NameServer implements AutoCloseable {
        private final Set<String> asked = ConcurrentHashMap.newKeySet();
        private final DatagramSocket socket;

        NameServer(String address) throws IOException {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 53));
            Thread thread = new Thread(this::serve, "name-server");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            byte[] bytes = new byte[512];
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            try {
                while (true) {
                    socket.receive(packet);
                    int end = 12;
                    StringBuilder name = new StringBuilder();
                    for (int length = bytes[end]; length > 0; length = bytes[end]) {
                        name.append(name.length() == 0 ? "" : ".").append(new String(bytes, end + 1, length, US_ASCII));
                        end += length + 1;
                    }
                    asked.add(name.toString());
                    boolean known = name.indexOf("printer") == 0;
                    boolean ipv4 = known && bytes[end + 2] == 1;
                    byte[] answer = Arrays.copyOf(bytes, end + 5 + (ipv4 ? 16 : 0));
                    answer[2] = (byte) 0x81;
                    answer[3] = (byte) (known ? 0x80 : 0x83);
                    Arrays.fill(answer, 6, 12, (byte) 0);
                    if (ipv4) {
                        answer[7] = 1;
                        byte[] record = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, (byte) 192, 0, 2, 7};
                        System.arraycopy(record, 0, answer, end + 5, record.length);
                    }
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                    packet.setLength(bytes.length);
                }
            } catch (SocketException e) {
                // closed: the test is over
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
