package dev.jcompose.network.firewall;

import static dev.jcompose.network.testing.World.HOST;
import static dev.jcompose.network.testing.World.REMOTE;
import static dev.jcompose.network.testing.World.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.NftList;
import dev.jcompose.network.testing.Routing;
import dev.jcompose.network.testing.World;
import dev.jcompose.network.testing.World.Container;
import java.net.DatagramSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresRoot(namespaces = true)
class FirewallIT {

    @Test
    void containersOfOneNetworkReachEachOtherAndSeeTheirRealAddresses() throws Exception {
        try (World world = new World()) {
            ContainerNetwork network = world.network("n1");
            Container a = world.container(network, "a");
            Container b = world.container(network, "b");

            assertThat(a.machine().call(() -> Echo.tcp(b.address(), SERVER_PORT)))
                    .isEqualTo(a.address());
            assertThat(b.machine().call(() -> Echo.udp(a.address(), SERVER_PORT)))
                    .isEqualTo(b.address());
        }
    }

    @Test
    void whatLeavesHasTheHostsAddress() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");

            assertThat(a.machine().call(() -> Echo.tcp(REMOTE, SERVER_PORT))).isEqualTo(HOST);
            assertThat(a.machine().call(() -> Echo.udp(REMOTE, SERVER_PORT))).isEqualTo(HOST);
        }
    }

    @Test
    void aPublishedPortIsReachedFromEverywhere() throws Exception {
        try (World world = new World()) {
            ContainerNetwork network = world.network("n1");
            Container a = world.container(network, "a");
            Container neighbour = world.container(network, "b");
            Container stranger = world.container(world.network("n2"), "c");
            world.networks().publish(List.of(a.publish(Protocol.TCP, null, 8080), a.publish(Protocol.UDP, null, 8081)));

            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080)))
                    .as("a remote client keeps its address")
                    .isEqualTo(REMOTE);
            assertThat(world.remote().call(() -> Echo.udp(HOST, 8081))).isEqualTo(REMOTE);
            String gateway = network.pools().get(0).gatewayOrFirst().toString();
            assertThat(Echo.tcp("127.0.0.1", 8080)).as("localhost").isEqualTo(gateway);
            assertThat(Echo.udp("127.0.0.1", 8081)).isEqualTo(gateway);
            assertThat(Echo.tcp(HOST, 8080)).as("the host by its own address").isEqualTo(HOST);
            assertThat(neighbour.machine().call(() -> Echo.tcp(HOST, 8080)))
                    .as("the same network by way of the host")
                    .isEqualTo(gateway);
            assertThat(a.machine().call(() -> Echo.tcp(HOST, 8080)))
                    .as("itself")
                    .isEqualTo(gateway);
            assertThat(stranger.machine().call(() -> Echo.tcp(HOST, 8080))).isNotEmpty();
        }
    }

    @Test
    void anUnpublishedPortIsClosedAgain() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");
            PublishedPort port = a.publish(Protocol.TCP, null, 8080);
            world.networks().publish(List.of(port));
            assertThat(Echo.tcp("127.0.0.1", 8080)).isNotEmpty();

            world.networks().unpublish(List.of(port));

            assertThat(Echo.unreachable("127.0.0.1", 8080)).isTrue();
            assertThat(world.remote().call(() -> Echo.unreachable(HOST, 8080))).isTrue();
        }
    }

    @Test
    void aPortPublishedOnLoopbackIsNotForOthers() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");
            world.networks().publish(List.of(a.publish(Protocol.TCP, "127.0.0.1", 8080)));

            assertThat(Echo.tcp("127.0.0.1", 8080)).isNotEmpty();
            assertThat(world.remote().call(() -> Echo.unreachable(HOST, 8080))).isTrue();
        }
    }

    @Test
    void aNeighbourCannotReachTheHostsLoopbackAddresses() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");
            Container attacker = world.container(world.network("n2"), "attacker");
            world.networks().publish(List.of(a.publish(Protocol.TCP, "127.0.0.1", 8080)));
            Routing.loopbackVia(HOST, world.remote());
            Routing.loopbackVia(
                    world.networks().networks().stream()
                            .filter(network -> network.spec().name().equals("n2"))
                            .map(network ->
                                    network.pools().get(0).gatewayOrFirst().toString())
                            .findFirst()
                            .orElseThrow(),
                    attacker.machine());

            assertThat(world.remote().call(() -> Echo.unreachable("127.0.0.1", 8080)))
                    .isTrue();
            world.serveOnHost(9000);
            assertThat(attacker.machine().call(() -> Echo.unreachable("127.0.0.1", 9000)))
                    .isTrue();
            assertThat(NftList.dropped("jcompose-test"))
                    .as("packets that the rule dropped: the attack was a real one")
                    .isPositive();
        }
    }

    @Test
    void networksDoNotReachEachOther() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");
            Container b = world.container(world.network("n2"), "b");

            assertThat(a.machine().call(() -> Echo.unreachable(b.address(), SERVER_PORT)))
                    .isTrue();
        }
    }

    @Test
    void aNeighbourWithARouteDoesNotReachAContainerDirectly() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");
            world.networks().publish(List.of(a.publish(Protocol.TCP, null, 8080)));
            Routing.subnetVia(a.attachment(), HOST, world.remote());

            assertThat(world.remote().call(() -> Echo.unreachable(a.address(), SERVER_PORT)))
                    .isTrue();
            assertThat(Echo.tcp(a.address(), SERVER_PORT))
                    .as("the host itself may")
                    .isNotEmpty();
        }
    }

    @Test
    void anInternalNetworkHasNoWayOutOrIn() throws Exception {
        try (World world = new World()) {
            ContainerNetwork network = world.internalNetwork("n1");
            Container a = world.container(network, "a");
            Container b = world.container(network, "b");
            String gateway = network.pools().get(0).gatewayOrFirst().toString();
            Routing.defaultVia(gateway, a.machine());

            assertThat(a.machine().call(() -> Echo.tcp(b.address(), SERVER_PORT)))
                    .isEqualTo(a.address());
            assertThat(a.machine().call(() -> Echo.unreachable(REMOTE, SERVER_PORT)))
                    .isTrue();
            Routing.subnetVia(b.attachment(), HOST, world.remote());
            assertThat(world.remote().call(() -> Echo.unreachable(b.address(), SERVER_PORT)))
                    .isTrue();
        }
    }

    @Test
    void aPortCanBePublishedOnceOnly() throws Exception {
        try (World world = new World()) {
            ContainerNetwork network = world.network("n1");
            Container a = world.container(network, "a");
            Container b = world.container(network, "b");
            world.networks().publish(List.of(a.publish(Protocol.TCP, "127.0.0.1", 8080)));

            assertThatThrownBy(() -> world.networks().publish(List.of(b.publish(Protocol.TCP, null, 8080))))
                    .hasMessage("port 8080/tcp is already published by container \"a\"");
            world.networks().publish(List.of(b.publish(Protocol.UDP, null, 8080), b.publish(Protocol.TCP, HOST, 8080)));
            assertThat(Echo.tcp(HOST, 8080)).isNotEmpty();
        }
    }

    @Test
    void aUdpClientThatWasThereFirstIsLedToTheContainer() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");
            try (DatagramSocket client = world.remote().call(() -> new DatagramSocket())) {
                assertThat(Echo.answered(client, HOST, 8081)).isFalse();

                world.networks().publish(List.of(a.publish(Protocol.UDP, null, 8081)));
                assertThat(Echo.answered(client, HOST, 8081)).isTrue();

                world.networks().unpublish(List.of(a.publish(Protocol.UDP, null, 8081)));
                assertThat(Echo.answered(client, HOST, 8081)).isFalse();
            }
        }
    }

    @Test
    void aFlushedTableIsWrittenAgain() throws Exception {
        try (World world = new World();
                Firewall vandal = Firewall.open(Linux.load(), "jcompose-test")) {
            Container a = world.container(world.network("n1"), "a");
            world.networks().publish(List.of(a.publish(Protocol.TCP, null, 8080)));
            vandal.remove();
            assertThat(Echo.unreachable("127.0.0.1", 8080)).isTrue();

            world.networks().publish(List.of(a.publish(Protocol.TCP, null, 8082)));

            assertThat(Echo.tcp("127.0.0.1", 8080)).isNotEmpty();
            assertThat(Echo.tcp("127.0.0.1", 8082)).isNotEmpty();
        }
    }

    @Test
    void anotherEngineTakesOverWhatRuns() throws Exception {
        try (World world = new World();
                Networks second = Networks.open(Linux.load(), "jcompose-test")) {
            ContainerNetwork network = world.network("n1");
            Container a = world.container(network, "a");
            PublishedPort port = a.publish(Protocol.TCP, null, 8080);
            world.networks().publish(List.of(port));

            second.restore(List.of(network), List.of(a.attachment()), List.of(port));

            assertThat(Echo.tcp("127.0.0.1", 8080)).isNotEmpty();
            assertThat(second.attachments(network)).containsExactly(a.attachment());
            second.unpublish(List.of(port));
            assertThat(Echo.unreachable("127.0.0.1", 8080)).isTrue();
            second.release(a.attachment());
            second.remove(network);
            assertThat(world.netlink().links())
                    .extracting("name")
                    .noneMatch(name -> name.toString().startsWith("jc"));
        }
    }

    @Test
    void nothingIsLeftWhenTheLastNetworkIsRemoved() throws Exception {
        try (World world = new World()) {
            ContainerNetwork network = world.network("n1");
            Container a = world.container(network, "a");
            PublishedPort port = a.publish(Protocol.TCP, null, 8080);
            world.networks().publish(List.of(port));

            world.networks().unpublish(List.of(port));
            world.networks().release(a.attachment());
            world.networks().remove(network);

            assertThat(NftList.tables()).isEmpty();
            assertThat(world.netlink().links()).extracting("name").containsExactlyInAnyOrder("lo", "uplink");
        }
    }
}
