package dev.jcompose.network.dns;

import static dev.jcompose.network.dns.Addresses.ip;
import static dev.jcompose.network.dns.Addresses.ips;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.testing.RequiresRoot;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class DnsServerIT {
    private static final DnsView VIEW = DnsView.of(List.of("shop_default"));

    private final Linux linux = Linux.load();
    private final IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    @TempDir
    Path directory;

    private DnsServer server;
    private ContainerNamespace container;

    @BeforeEach
    void startContainer() throws Exception {
        server = new DnsServer(group, linux, new HostResolvers(directory.resolve("resolv.conf")));
        server.zones(zones("172.20.0.2"));
        container = new ContainerNamespace(linux);
    }

    @AfterEach
    void stopContainer() throws Exception {
        container.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void aContainerIsAnsweredOverUdpAndTcp() throws Exception {
        try (DnsEndpoint endpoint = server.open(container.pid(), VIEW)) {
            byte[] query = Message.query(1, "web", RecordType.A, 0);
            assertThat(Message.read(askUdp(query)).values()).containsExactly("172.20.0.2");
            assertThat(Message.read(container.inside(() -> RawClient.tcp(query)))
                            .values())
                    .containsExactly("172.20.0.2");
            assertThat(endpoint).isNotNull();
        }
    }

    /** Equal answers leave as one packet where the interface can cut it apart, and one by one where it cannot. */
    @Test
    void everyQueryOfABurstIsAnsweredOnceWhateverTheInterfaceIsLike() throws Exception {
        try (DnsEndpoint endpoint = server.open(container.pid(), VIEW)) {
            assertThat(endpoint).isNotNull();
            for (String mtu : new String[] {"65536", "1280", "68"}) {
                assertThat(container.run("ip", "link", "set", "lo", "mtu", mtu)).isEmpty();
                List<Integer> asked = IntStream.range(0, 200).boxed().toList();
                List<Integer> answered = new ArrayList<>();
                try (RawClient client = container.inside(RawClient::new)) {
                    for (int id : asked) {
                        client.send(Message.query(id, id % 3 == 0 ? "nobody" : "web", RecordType.A, 0));
                    }
                    for (int i = 0; i < asked.size(); i++) {
                        Message answer = Message.read(client.receive());
                        answered.add(answer.id());
                        assertThat(answer.values()).hasSize(answer.id() % 3 == 0 ? 0 : 1);
                    }
                }
                assertThat(answered).as("mtu %s", mtu).containsExactlyInAnyOrderElementsOf(asked);
            }
        }
    }

    @Test
    void aNewTableIsSeenByTheNextQuery() throws Exception {
        try (DnsEndpoint endpoint = server.open(container.pid(), VIEW);
                RawClient client = container.inside(RawClient::new)) {
            for (int i = 1; i < 200; i++) {
                server.zones(zones("172.20.0." + i));
                assertThat(Message.read(client.udp(Message.query(i, "web", RecordType.A, 0)))
                                .values())
                        .containsExactly("172.20.0." + i);
            }
            endpoint.view(DnsView.of(List.of("other")));
            assertThat(Message.read(client.udp(Message.query(1, "web", RecordType.A, 0)))
                            .code())
                    .isEqualTo(3);
        }
    }

    @Test
    void theHostsResolversAreAskedFromTheHostsNamespaceAndFollowed() throws Exception {
        InetSocketAddress first = new InetSocketAddress("127.53.0.1", 53);
        InetSocketAddress second = new InetSocketAddress("127.53.0.2", 53);
        Path file = directory.resolve("resolv.conf");
        Files.writeString(file, "nameserver 127.53.0.1\n");
        HostResolvers resolvers = new HostResolvers(file, () -> System.nanoTime() * 1000);
        DnsServer following = new DnsServer(group, linux, resolvers);
        try (FakeUpstream one = new FakeUpstream(first.getAddress(), 53, FakeUpstream.address("192.0.2.1"));
                FakeUpstream two = new FakeUpstream(second.getAddress(), 53, FakeUpstream.address("192.0.2.2"));
                DnsEndpoint endpoint = following.open(container.pid(), VIEW)) {
            byte[] query = Message.query(9, "example.org", RecordType.A, 0);
            assertThat(Message.read(askUdp(query)).values()).containsExactly("192.0.2.1");
            assertThat(Message.read(container.inside(() -> RawClient.tcp(query)))
                            .values())
                    .containsExactly("192.0.2.1");
            Files.writeString(file, "nameserver 127.53.0.2\noptions edns0\n");
            assertThat(Message.read(askUdp(query)).values()).containsExactly("192.0.2.2");
            assertThat(one.queries).hasSize(2);
            assertThat(two.queries).hasSize(1);
            assertThat(endpoint).isNotNull();
        }
    }

    @Test
    void theStubOfSystemdResolvedIsAskedWhereItIsAndItsDotIsNoSearchDomain() throws Exception {
        Path stub = directory.resolve("stub-resolv.conf");
        Files.writeString(stub, "# managed\nnameserver 127.0.0.53\noptions edns0 trust-ad\nsearch .\n");
        HostResolvers resolvers =
                new HostResolvers(Files.createSymbolicLink(directory.resolve("link"), stub), System::nanoTime);
        DnsServer following = new DnsServer(group, linux, resolvers);
        InetSocketAddress address = new InetSocketAddress("127.0.0.53", 53);
        try (FakeUpstream resolved = new FakeUpstream(address.getAddress(), 53, FakeUpstream.address("192.0.2.53"));
                DnsEndpoint endpoint = following.open(container.pid(), VIEW)) {
            assertThat(endpoint).isNotNull();
            assertThat(Message.read(askUdp(Message.query(9, "example.org", RecordType.A, 0)))
                            .values())
                    .containsExactly("192.0.2.53");
            assertThat(resolved.queries).hasSize(1);
        }
        assertThat(resolvers.current().forContainer(List.of(), List.of()).format())
                .isEqualTo("# Written by jcompose.\nnameserver 127.0.0.11\noptions edns0 trust-ad ndots:0\n");
    }

    @Test
    void aMalformedFloodNeitherKillsNorSilencesIt() throws Exception {
        java.util.Random random = new java.util.Random(7);
        try (DnsEndpoint endpoint = server.open(container.pid(), VIEW);
                RawClient client = container.inside(RawClient::new)) {
            for (int i = 0; i < 5_000; i++) {
                byte[] query = Message.query(0x1234, "web", RecordType.A, 1232);
                query[random.nextInt(query.length)] = (byte) random.nextInt();
                query[random.nextInt(query.length)] = (byte) random.nextInt();
                client.send(java.util.Arrays.copyOf(query, random.nextInt(query.length + 1)));
            }
            assertThat(Message.read(askUdp(Message.query(3, "web", RecordType.A, 0)))
                            .values())
                    .containsExactly("172.20.0.2");
            assertThat(endpoint).isNotNull();
        }
    }

    @Test
    void closingFreesTheAddressAndLeavesNoDescriptor() throws Exception {
        server.open(container.pid(), VIEW).close();
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            DnsEndpoint endpoint = server.open(container.pid(), VIEW);
            assertThat(container.inside(() -> RawClient.tcp(Message.query(1, "web", RecordType.A, 0))))
                    .isNotEmpty();
            endpoint.close();
            endpoint.close();
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before);
    }

    /** Servers do that which listen on all addresses; so does an engine that is about to end. */
    @Test
    void whereSomebodyElseHasThePortItIsAnsweredAllTheSameByOneAfterTheOther() throws Exception {
        byte[] query = Message.query(1, "web", RecordType.A, 0);
        try (DatagramSocket udp = container.inside(() -> new DatagramSocket(53));
                ServerSocket tcp = container.inside(() -> new ServerSocket(53))) {
            for (int engine = 0; engine < 3; engine++) {
                try (DnsEndpoint endpoint = server.open(container.pid(), VIEW)) {
                    assertThat(endpoint).isNotNull();
                    for (int i = 0; i < 20; i++) {
                        assertThat(Message.read(askUdp(query)).values()).containsExactly("172.20.0.2");
                        assertThat(Message.read(container.inside(() -> RawClient.tcp(query)))
                                        .values())
                                .containsExactly("172.20.0.2");
                    }
                }
            }
            assertThat(tcp.isBound()).isTrue();
            udp.setSoTimeout(1);
            assertThatThrownBy(() -> udp.receive(new DatagramPacket(new byte[1], 1)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void besideAServerOfTheContainersOwnDigIsAnswered() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dig")), "dig is not installed");
        try (NetworkNamespace namespace = NetworkNamespace.ofProcess(linux, container.pid());
                DnsEndpoint endpoint = server.openBeside(namespace, VIEW);
                DatagramSocket udp = container.inside(() -> new DatagramSocket(53));
                ServerSocket tcp = container.inside(() -> new ServerSocket(53))) {
            assertThat(endpoint).isNotNull();
            assertThat(udp.isBound() && tcp.isBound()).isTrue();
            assertThat(container.run("dig", "@127.0.0.11", "+tries=1", "+short", "web"))
                    .isEqualTo("172.20.0.2\n");
            assertThat(container.run("dig", "@127.0.0.11", "+tries=1", "+tcp", "+short", "web"))
                    .isEqualTo("172.20.0.2\n");
        }
    }

    @Test
    void aProcessThatIsGoneIsSaid() {
        container.close();
        assertThatThrownBy(() -> server.open(container.pid(), VIEW)).hasMessageContaining("ns/net");
    }

    @Test
    void theCommonResolversFindWhatTheyAskFor() throws Exception {
        DnsView view = VIEW.withExtraNames(Map.of("host.docker.internal", ips("172.20.0.1")))
                .withForwarding(false, false);
        try (DnsEndpoint endpoint = server.open(container.pid(), view)) {
            assertThat(endpoint).isNotNull();
            Path resolvConf = Files.writeString(
                    directory.resolve("container.conf"),
                    ResolvConf.parse("search corp.example\noptions edns0\n")
                            .forContainer(List.of(), List.of())
                            .format());
            assertThat(withResolvConf(resolvConf, "getent ahosts web | awk '{print $1}' | sort -u"))
                    .isEqualTo("172.20.0.2\n");
            assertThat(withResolvConf(resolvConf, "getent hosts six host.docker.internal | awk '{print $1}'"))
                    .isEqualTo("fd00::6\n172.20.0.1\n");
            assertThat(withResolvConf(resolvConf, "getent hosts 172.20.0.2 | awk '{print $2}'"))
                    .isEqualTo("shop-web-1.shop_default\n");
            assertThat(withResolvConf(resolvConf, "getent hosts nope; echo $?")).isEqualTo("2\n");
        }
    }

    @Test
    void digIsContentWithEveryAnswer() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dig")), "dig is not installed");
        try (DnsEndpoint endpoint = server.open(container.pid(), VIEW.withForwarding(false, false))) {
            assertThat(endpoint).isNotNull();
            for (List<String> arguments : List.of(
                    List.of("web", "A"),
                    List.of("+tcp", "web", "A"),
                    List.of("+noedns", "web", "A"),
                    List.of("+cookie", "web", "A"))) {
                List<String> command = new ArrayList<>(List.of("dig", "@127.0.0.11", "+tries=1", "+time=2"));
                command.addAll(arguments);
                assertThat(container.run(command.toArray(String[]::new)))
                        .contains("status: NOERROR", "172.20.0.2")
                        .doesNotContain("WARNING", "malformed");
            }
            assertThat(container.run("dig", "@127.0.0.11", "+tries=1", "web", "MX"))
                    .contains("status: NOERROR", "ANSWER: 0")
                    .doesNotContain("WARNING", "malformed");
            assertThat(container.run("dig", "@127.0.0.11", "+tries=1", "nope.example"))
                    .contains("status: NXDOMAIN")
                    .doesNotContain("WARNING", "malformed");
        }
    }

    private String withResolvConf(Path resolvConf, String script) throws Exception {
        return container.run(
                "unshare", "--mount", "sh", "-c", "mount --bind " + resolvConf + " /etc/resolv.conf && " + script);
    }

    private byte[] askUdp(byte[] query) throws Exception {
        return container.inside(() -> {
            try (RawClient client = new RawClient()) {
                return client.udp(query);
            }
        });
    }

    private static DnsZones zones(String web) {
        return DnsZones.of(List.of(
                new DnsMember("shop_default", "shop-web-1", "a".repeat(64), "shop", "web", List.of(), List.of(ip(web))),
                new DnsMember("shop_default", "shop-six-1", "b".repeat(64), "shop", "six", List.of(), ips("fd00::6"))));
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
