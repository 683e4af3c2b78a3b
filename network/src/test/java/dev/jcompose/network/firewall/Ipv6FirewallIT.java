package dev.jcompose.network.firewall;

import static dev.jcompose.network.testing.World.HOST6;
import static dev.jcompose.network.testing.World.REMOTE6;
import static dev.jcompose.network.testing.World.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.NftList;
import dev.jcompose.network.testing.Routing;
import dev.jcompose.network.testing.World;
import dev.jcompose.network.testing.World.Container;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same as over IPv4, as far as IPv6 allows. */
@RequiresRoot(namespaces = true)
class Ipv6FirewallIT {

    @Test
    void whatLeavesHasTheHostsAddress() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.dualNetwork("n1", false), "a");

            assertThat(a.machine().call(() -> Echo.tcp(REMOTE6, SERVER_PORT))).isEqualTo(full(HOST6));
            assertThat(a.machine().call(() -> Echo.udp(REMOTE6, SERVER_PORT))).isEqualTo(full(HOST6));
        }
    }

    @Test
    void aPublishedPortIsReachedFromEverywhere() throws Exception {
        try (World world = new World()) {
            ContainerNetwork network = world.dualNetwork("n1", false);
            Container a = world.container(network, "a");
            Container stranger = world.container(world.dualNetwork("n2", false), "b");
            PublishedPort tcp = a.publish6(Protocol.TCP, "::", 8080);
            PublishedPort udp = a.publish6(Protocol.UDP, "::", 8081);
            world.reserve(tcp, udp);
            world.networks().publish(List.of(tcp, udp));

            assertThat(world.remote().call(() -> Echo.tcp(HOST6, 8080)))
                    .as("a remote client keeps its address")
                    .isEqualTo(full(REMOTE6));
            assertThat(world.remote().call(() -> Echo.udp(HOST6, 8081))).isEqualTo(full(REMOTE6));
            assertThat(Echo.tcp("::1", 8080)).as("localhost").isNotEmpty();
            assertThat(Echo.udp("::1", 8081)).isNotEmpty();
            assertThat(Echo.tcp(HOST6, 8080)).as("the host by its own address").isNotEmpty();
            assertThat(a.machine().call(() -> Echo.tcp(HOST6, 8080)))
                    .as("itself")
                    .isNotEmpty();
            assertThat(stranger.machine().call(() -> Echo.tcp(HOST6, 8080))).isNotEmpty();

            world.takeBack(tcp, udp);
            assertThat(world.remote().call(() -> Echo.unreachable(HOST6, 8080))).isTrue();
            assertThat(Echo.unreachable("::1", 8080)).isTrue();
        }
    }

    @Test
    void aContainerWithoutIpv6IsReachedOverIpv6AllTheSame() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");
            PublishedPort port = crossing(a, "::", 8080, Protocol.TCP);
            PublishedPort udp = crossing(a, "::", 8081, Protocol.UDP);
            world.reserve(port, udp);
            world.networks().publish(List.of(port, udp));

            String gateway = String.valueOf(a.attachment().addresses().get(0).gateway());
            assertThat(world.remote().call(() -> Echo.tcp(HOST6, 8080)))
                    .as("the proxy is the client")
                    .isEqualTo(gateway);
            assertThat(world.remote().call(() -> Echo.udp(HOST6, 8081))).isEqualTo(gateway);
            assertThat(Echo.tcp("::1", 8080)).isEqualTo(gateway);

            world.takeBack(port, udp);
            assertThat(Echo.unreachable("::1", 8080)).isTrue();
        }
    }

    @Test
    void aPortPublishedOnLoopbackIsNotForOthers() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.dualNetwork("n1", false), "a");
            PublishedPort port = a.publish6(Protocol.TCP, "::1", 8080);
            world.reserve(port);
            world.networks().publish(List.of(port));

            assertThat(Echo.tcp("::1", 8080)).isNotEmpty();
            assertThat(world.remote().call(() -> Echo.unreachable(HOST6, 8080))).isTrue();
        }
    }

    @Test
    void networksDoNotReachEachOtherAndNeighboursDoNotReachUnpublishedPorts() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.dualNetwork("n1", false), "a");
            Container b = world.container(world.dualNetwork("n2", false), "b");
            Container c = world.container(
                    world.networks().networks().stream()
                            .filter(network -> network.spec().name().equals("n1"))
                            .findFirst()
                            .orElseThrow(),
                    "c");
            Routing.subnetVia(b.attachment(), HOST6, world.remote());

            assertThat(a.machine().call(() -> Echo.tcp(c.address6(), SERVER_PORT)))
                    .isEqualTo(full(a.address6()));
            assertThat(a.machine().call(() -> Echo.unreachable(b.address6(), SERVER_PORT)))
                    .isTrue();
            assertThat(world.remote().call(() -> Echo.unreachable(b.address6(), SERVER_PORT)))
                    .isTrue();
        }
    }

    @Test
    void anInternalNetworkHasNoWayOut() throws Exception {
        try (World world = new World()) {
            ContainerNetwork network = world.dualNetwork("n1", true);
            Container a = world.container(network, "a");
            Container b = world.container(network, "b");
            String gateway = network.pools().stream()
                    .filter(pool -> pool.subnet().v6())
                    .map(pool -> pool.gatewayOrFirst().toString())
                    .findFirst()
                    .orElseThrow();
            Routing.defaultVia(gateway, a.machine());

            assertThat(a.machine().call(() -> Echo.tcp(b.address6(), SERVER_PORT)))
                    .isEqualTo(full(a.address6()));
            assertThat(a.machine().call(() -> Echo.unreachable(REMOTE6, SERVER_PORT)))
                    .isTrue();
        }
    }

    @Test
    void theTableOfIpv6ComesAndGoesWithTheNetworksThatHaveIt() throws Exception {
        try (World world = new World()) {
            ContainerNetwork plain = world.network("n1");
            assertThat(NftList.tables()).doesNotContain("ip6");
            ContainerNetwork dual = world.dualNetwork("n2", false);
            assertThat(NftList.tables()).contains("table ip6 jcompose-test");

            world.networks().remove(dual);
            assertThat(NftList.tables()).contains("table ip jcompose-test").doesNotContain("ip6");
            world.networks().remove(plain);
            assertThat(NftList.tables()).isEmpty();
        }
    }

    private static PublishedPort crossing(Container container, String hostIp, int port, Protocol protocol) {
        return new PublishedPort(
                container.attachment().containerId(),
                container.attachment().containerName(),
                protocol,
                dev.jcompose.network.IpAddress.parse(hostIp),
                port,
                container.attachment().ipv4().orElseThrow(),
                SERVER_PORT);
    }

    /** As the JDK writes an address. */
    private static String full(String address) {
        return dev.jcompose.network.IpAddress.parse(address).toInetAddress().getHostAddress();
    }
}
