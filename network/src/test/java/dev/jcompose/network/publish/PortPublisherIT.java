package dev.jcompose.network.publish;

import static dev.jcompose.network.testing.World.HOST;
import static dev.jcompose.network.testing.World.REMOTE;
import static dev.jcompose.network.testing.World.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.firewall.Firewall;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.NftList;
import dev.jcompose.network.testing.World;
import dev.jcompose.network.testing.World.Container;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Publishing where rules of our own are not enough. */
@RequiresRoot(namespaces = true)
class PortPublisherIT {
    private static final Firewall.Access NONE = linux -> {
        throw new ErrnoException("socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER)", Errno.EPROTONOSUPPORT.number());
    };

    @Test
    void withoutNfTablesTheProxyServesTcpAndUdp() throws Exception {
        try (World world = new World(NONE)) {
            ContainerNetwork network = world.network("n1");
            Container a = world.container(network, "a");
            PublishedPort tcp = a.publish(Protocol.TCP, null, 8080);
            PublishedPort udp = a.publish(Protocol.UDP, null, 8081);
            PublishedPort loopback = a.publish(Protocol.TCP, "127.0.0.1", 8082);
            world.reserve(tcp, udp, loopback);
            world.networks().publish(List.of(tcp, udp, loopback));

            String gateway = network.pools().get(0).gatewayOrFirst().toString();
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080))).isEqualTo(gateway);
            assertThat(world.remote().call(() -> Echo.udp(HOST, 8081))).isEqualTo(gateway);
            assertThat(Echo.tcp("127.0.0.1", 8080)).isEqualTo(gateway);
            assertThat(Echo.udp("127.0.0.1", 8081)).isEqualTo(gateway);
            assertThat(Echo.tcp("127.0.0.1", 8082)).isEqualTo(gateway);
            assertThat(world.remote().call(() -> Echo.unreachable(HOST, 8082))).isTrue();

            assertThat(world.networks().warnings(List.of(network.spec())))
                    .singleElement()
                    .asString()
                    .contains("nf_tables is not available", "EPROTONOSUPPORT", "proxy");
            world.takeBack(tcp, udp, loopback);
            assertThat(Echo.unreachable("127.0.0.1", 8080)).isTrue();
        }
    }

    @Test
    void withoutNfTablesThePacketsOfNetworksAreNotForwarded() throws Exception {
        try (World world = new World(NONE)) {
            Container a = world.container(world.network("n1"), "a");
            Container b = world.container(world.network("n2"), "b");
            assertThat(a.machine().call(() -> Echo.unreachable(b.address(), SERVER_PORT)))
                    .isTrue();
        }
    }

    @Test
    void withoutNfTablesSctpIsRefusedWithTheReason() throws Exception {
        try (World world = new World(NONE)) {
            Container a = world.container(world.network("n1"), "a");
            assertThatThrownBy(() -> world.networks().publish(List.of(a.publish(Protocol.SCTP, null, 8080))))
                    .hasMessageContaining("only rules of nf_tables can do that for sctp");
        }
    }

    @Test
    void whereSomebodyElseDropsForwardedPacketsTheProxyServesAndTheUserIsToldWhy() throws Exception {
        try (World world = new World()) {
            dockersForwardPolicy();
            ContainerNetwork network = world.network("n1");
            Container a = world.container(network, "a");
            PublishedPort port = a.publish(Protocol.TCP, null, 8080);
            world.reserve(port);
            world.networks().publish(List.of(port));

            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080))).isNotEqualTo(REMOTE);
            world.takeBack(port);
            // Connections that are being closed do not keep the port from the next one.
            world.reserve(port);
            world.networks().publish(List.of(port));
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080))).isNotEqualTo(REMOTE);
            assertThat(world.networks().warnings(List.of(network.spec())))
                    .singleElement()
                    .asString()
                    .contains("\"ip filter FORWARD\" (Docker's)", "iptables -I DOCKER-USER -i jc-+ -j ACCEPT");
            assertThat(NftList.ruleset()).as("their rules").contains("policy drop");
        }
    }

    @Test
    void whatTheUserIsToldToDoHelps() throws Exception {
        try (World world = new World()) {
            dockersForwardPolicy();
            NftList.run("add", "rule", "ip", "filter", "DOCKER-USER", "iifname", "jc-*", "accept");
            NftList.run("add", "rule", "ip", "filter", "DOCKER-USER", "oifname", "jc-*", "accept");
            ContainerNetwork network = world.network("n1");
            Container a = world.container(network, "a");
            PublishedPort port = a.publish(Protocol.TCP, null, 8080);
            world.reserve(port);
            world.networks().publish(List.of(port));

            assertThat(world.networks().warnings(List.of(network.spec()))).isEmpty();
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080))).isEqualTo(REMOTE);
            assertThat(a.machine().call(() -> Echo.tcp(REMOTE, SERVER_PORT))).isEqualTo(HOST);
        }
    }

    @Test
    void theProxyPassesMuchDataBothWaysAndEndsWhenBothSidesHaveSaidAll() throws Exception {
        try (World world = new World(NONE)) {
            Container a = world.container(world.network("n1"), "a");
            PublishedPort port = new PublishedPort(
                    "a", "a", Protocol.TCP, null, 8080, a.attachment().ipv4().orElseThrow(), 9000);
            world.reserve(port);
            world.networks().publish(List.of(port));
            try (ServerSocket server = a.machine().call(() -> new ServerSocket(9000));
                    Socket client = new Socket()) {
                CompletableFuture<Void> served = CompletableFuture.runAsync(() -> reverse(server));
                client.connect(new InetSocketAddress("127.0.0.1", 8080), 60_000);
                client.setSoTimeout(60_000);
                byte[] sent = new byte[8 << 20];
                for (int i = 0; i < sent.length; i++) {
                    sent[i] = (byte) ((i * 31) >> 8);
                }
                client.getOutputStream().write(sent);
                client.shutdownOutput();
                InputStream in = client.getInputStream();
                byte[] got = in.readAllBytes();

                assertThat(got.length).isEqualTo(sent.length);
                assertThat(got[0]).isEqualTo(sent[sent.length - 1]);
                assertThat(got[got.length - 1]).isEqualTo(sent[0]);
                served.join();
            }
        }
    }

    /** Reads all that a client says, and says it backwards. */
    private static void reverse(ServerSocket server) {
        try (Socket client = server.accept()) {
            byte[] all = client.getInputStream().readAllBytes();
            for (int i = 0; i < all.length / 2; i++) {
                byte first = all[i];
                all[i] = all[all.length - 1 - i];
                all[all.length - 1 - i] = first;
            }
            client.getOutputStream().write(all);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void dockersForwardPolicy() throws java.io.IOException {
        NftList.run("add", "table", "ip", "filter");
        NftList.run("add", "chain", "ip", "filter", "DOCKER-USER");
        NftList.run("add", "chain", "ip", "filter", "FORWARD", "{ type filter hook forward priority 0; policy drop; }");
        NftList.run("add", "rule", "ip", "filter", "FORWARD", "jump", "DOCKER-USER");
    }
}
