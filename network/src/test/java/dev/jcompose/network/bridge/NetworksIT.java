package dev.jcompose.network.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.AddressInfo;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.RouteInfo;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.ipam.IpamPool;
import dev.jcompose.network.testing.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresRoot(namespaces = true)
class NetworksIT {
    private final Linux linux = Linux.load();

    @Test
    void createsTheBridgeWithItsGatewayAndRemovesAllOfIt() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux);
                Networks networks = Networks.open(linux, "jcompose-test")) {
            ContainerNetwork network = networks.create(NetworkSpec.of("n1", "web_default", "web"));

            LinkInfo bridge = netlink.link(network.link()).orElseThrow();
            assertThat(network.link()).matches("jc-[0-9a-f]{10}");
            assertThat(bridge.up()).isTrue();
            assertThat(bridge.alias()).isEqualTo("jcompose-test:n1");
            assertThat(netlink.addresses())
                    .filteredOn(address -> address.linkIndex() == bridge.index())
                    .extracting(AddressInfo::address)
                    .containsExactly(network.pools().get(0).gatewayOrFirst().toInetAddress());
            assertThat(Path.of("/proc/sys/net/ipv4/ip_forward")).hasContent("1\n");

            networks.remove(network);
            assertThat(netlink.links()).extracting(LinkInfo::name).doesNotContain(network.link());
            assertThat(networks.inKernel()).isEmpty();
        }
    }

    @Test
    void creatingTwiceIsCreatingOnceAndAnotherEngineAdoptsTheBridge() throws IOException {
        ContainerNetwork first;
        try (Networks networks = Networks.open(linux, "jcompose-test")) {
            first = networks.create(NetworkSpec.of("n1", "web_default", "web"));
            assertThat(networks.create(NetworkSpec.of("n1", "web_default", "web")))
                    .isEqualTo(first);
        }
        try (Networks networks = Networks.open(linux, "jcompose-test")) {
            ContainerNetwork second = networks.create(NetworkSpec.of("n1", "web_default", "web"));

            assertThat(second.pools().get(0).subnet())
                    .isEqualTo(first.pools().get(0).subnet());
            networks.remove(second);
        }
    }

    @Test
    void whatACrashLeftIsFoundAndRemovedByItsEngineOnly() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux);
                Networks crashed = Networks.open(linux, "jcompose-test");
                Networks other = Networks.open(linux, "jcompose-other");
                Networks next = Networks.open(linux, "jcompose-test");
                Machine container = Machine.start(linux)) {
            ContainerNetwork network = crashed.create(NetworkSpec.of("n1", "web_default", "web"));
            crashed.attach(network, AttachmentSpec.of("c1", "web-db-1", "eth0", true), container.pid());

            assertThat(other.inKernel()).isEmpty();
            assertThat(next.inKernel()).containsExactly("n1");
            other.removeLeftover("n1");
            assertThat(netlink.link(network.link())).isPresent();
            next.removeLeftover("n1");
            assertThat(netlink.links()).extracting(LinkInfo::name).noneMatch(name -> name.startsWith("jc"));
        }
    }

    @Test
    void takesTheMtuOfTheUplink() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux);
                Networks networks = Networks.open(linux, "jcompose-test");
                Machine remote = Machine.start(linux)) {
            remote.connect(netlink, "uplink", new byte[] {10, 77, 0, 1}, new byte[] {10, 77, 0, 2});
            netlink.run(RtRequests.addRoute(
                    new byte[4],
                    0,
                    new byte[] {10, 77, 0, 2},
                    netlink.link("uplink").orElseThrow().index()));

            assertThat(networks.create(NetworkSpec.of("n1", "web_default", "web"))
                            .mtuBytes())
                    .isEqualTo(1400);
        }
    }

    @Test
    void attachesWithAddressAndRoute() throws IOException {
        try (Networks networks = Networks.open(linux, "jcompose-test");
                Machine container = Machine.start(linux)) {
            ContainerNetwork network = networks.create(NetworkSpec.of("n1", "web_default", "web"));

            Attachment attachment =
                    networks.attach(network, AttachmentSpec.of("c1", "web-db-1", "eth0", true), container.pid());

            IpamPool pool = network.pools().get(0);
            assertThat(pool.subnet().contains(attachment.ipv4().orElseThrow())).isTrue();
            container.call(() -> {
                try (RtNetlink netlink = RtNetlink.open(linux)) {
                    LinkInfo eth0 = netlink.link("eth0").orElseThrow();
                    assertThat(eth0.up()).isTrue();
                    assertThat(eth0.mtu()).isEqualTo(network.mtuBytes());
                    assertThat(eth0.address()).isEqualTo(attachment.mac().toString());
                    assertThat(netlink.routes())
                            .filteredOn(RouteInfo::isDefault)
                            .filteredOn(route -> route.destination().getAddress().length == 4)
                            .extracting(RouteInfo::gateway)
                            .containsExactly(pool.gatewayOrFirst().toInetAddress());
                    assertThat(netlink.addresses())
                            .filteredOn(address -> address.linkIndex() == eth0.index())
                            .as("no IPv6 address where IPv6 is off")
                            .hasSize(1);
                    return eth0;
                }
            });
            networks.detach(attachment, container.pid());
            networks.remove(network);
        }
    }

    @Test
    void aRestartedContainerHasItsAddressAgain() throws IOException {
        try (Networks networks = Networks.open(linux, "jcompose-test")) {
            ContainerNetwork network = networks.create(NetworkSpec.of("n1", "web_default", "web"));
            Attachment before;
            try (Machine container = Machine.start(linux)) {
                before = networks.attach(network, AttachmentSpec.of("c1", "web-db-1", "eth0", true), container.pid());
                networks.detach(before, container.pid());
            }
            try (Machine container = Machine.start(linux)) {
                Attachment after =
                        networks.attach(network, AttachmentSpec.of("c2", "web-db-1", "eth0", true), container.pid());
                assertThat(after.ipv4()).isEqualTo(before.ipv4());
                assertThat(after.mac()).isEqualTo(before.mac());
            }
        }
    }

    @Test
    void twoNetworksGetTwoInterfacesAndOneDefaultRoute() throws IOException {
        try (Networks networks = Networks.open(linux, "jcompose-test");
                Machine container = Machine.start(linux)) {
            ContainerNetwork front = networks.create(NetworkSpec.of("n1", "web_front", "web"));
            ContainerNetwork back = networks.create(NetworkSpec.of("n2", "web_back", "web"));

            networks.attachAll(
                    List.of(
                            new Endpoint(front, AttachmentSpec.of("c1", "web-app-1", "eth0", true)),
                            new Endpoint(back, AttachmentSpec.of("c1", "web-app-1", "eth1", false))),
                    container.pid());

            container.call(() -> {
                try (RtNetlink netlink = RtNetlink.open(linux)) {
                    assertThat(netlink.links()).extracting(LinkInfo::name).contains("eth0", "eth1");
                    return assertThat(netlink.routes())
                            .filteredOn(route -> route.isDefault() && route.type() == RouteInfo.TYPE_UNICAST)
                            .hasSize(1);
                }
            });
            assertThatThrownBy(() -> networks.remove(back))
                    .isInstanceOf(NetworkException.class)
                    .hasMessage("network \"web_back\" is in use by [web-app-1]");
        }
    }

    @Test
    void aSubnetThatOverlapsARouteIsRefusedByItsName() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux);
                Networks networks = Networks.open(linux, "jcompose-test");
                Machine remote = Machine.start(linux)) {
            remote.connect(netlink, "vpn0", new byte[] {10, 77, 0, 1}, new byte[] {10, 77, 0, 2});
            NetworkSpec spec =
                    NetworkSpec.of("n1", "web_default", "web").withPools(IpamPool.of(Subnet.parse("10.77.0.0/16")));

            assertThatThrownBy(() -> networks.create(spec))
                    .isInstanceOf(NetworkException.class)
                    .hasMessageStartingWith(
                            "subnet 10.77.0.0/16 of network \"web_default\" overlaps with route 10.77.0.")
                    .hasMessageEndingWith(" dev vpn0");
            assertThat(networks.inKernel()).isEmpty();
        }
    }

    @Test
    void aNetworkOfDockersIsKeptClearOfAndNamedWhenItIsInTheWay() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux);
                Networks networks = Networks.open(linux, "jcompose-test")) {
            NetworkSpec spec = NetworkSpec.of("n1", "web_default", "web");
            ContainerNetwork before = networks.create(spec);
            Subnet wanted = before.pools().get(0).subnet();
            networks.remove(before);
            bridge(netlink, "br-0123456789ab", wanted);
            bridge(netlink, "br-mine", Subnet.parse("10.78.0.0/24"));

            assertThatThrownBy(() -> networks.create(spec.withPools(IpamPool.of(wanted))))
                    .isInstanceOf(NetworkException.class)
                    .hasMessage("subnet " + wanted + " of network \"web_default\" overlaps with route " + wanted
                            + " dev br-0123456789ab of Docker");
            assertThatThrownBy(() -> networks.create(spec.withPools(IpamPool.of(Subnet.parse("10.78.0.0/16")))))
                    .hasMessageMatching(".* overlaps with route 10\\.78\\.0\\.\\d/\\d+ dev br-mine");
            Subnet elsewhere = networks.create(spec).pools().get(0).subnet();
            assertThat(elsewhere.overlaps(wanted)).isFalse();
        }
    }

    private static void bridge(RtNetlink netlink, String name, Subnet subnet) throws IOException {
        netlink.run(RtRequests.addBridge(new LinkSettings().name(name)));
        int index = netlink.link(name).orElseThrow().index();
        netlink.run(
                RtRequests.addAddress(index, subnet.address().plus(1).bytes(), subnet.prefixLength()),
                RtRequests.setLink(index, new LinkSettings().up()));
    }

    @Test
    void aForeignInterfaceOfTheSameNameIsLeftAlone() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux);
                Networks networks = Networks.open(linux, "jcompose-test")) {
            netlink.run(RtRequests.addBridge(new LinkSettings().name("br0")));
            NetworkSpec spec = NetworkSpec.of("n1", "web_default", "web")
                    .withDriver(NetworkDriver.BRIDGE, Map.of("com.docker.network.bridge.name", "br0"));

            assertThatThrownBy(() -> networks.create(spec))
                    .hasMessage("cannot make network \"web_default\": interface \"br0\" exists and is not its bridge");
            assertThat(netlink.link("br0")).isPresent();
        }
    }

    @Test
    void aFailedAttachLeavesNothing() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux);
                Networks networks = Networks.open(linux, "jcompose-test");
                Machine container = Machine.start(linux)) {
            ContainerNetwork front = networks.create(NetworkSpec.of("n1", "web_front", "web"));
            ContainerNetwork back = networks.create(NetworkSpec.of("n2", "web_back", "web"));
            List<String> before = names(netlink);
            List<Endpoint> twoOfOneName = List.of(
                    new Endpoint(front, AttachmentSpec.of("c1", "web-db-1", "eth0", true)),
                    new Endpoint(back, AttachmentSpec.of("c1", "web-db-1", "eth0", false)));

            assertThatThrownBy(() -> networks.attachAll(twoOfOneName, container.pid()))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("ip link add jcv.* type veth peer eth0 .* netns fd .*: File exists.*");
            assertThat(names(netlink)).isEqualTo(before);
            assertThat(networks.attachments(front)).isEmpty();
            networks.remove(front);
            networks.remove(back);
        }
    }

    @Test
    void attachingToAProcessThatIsGoneSaysSo() throws IOException {
        try (Networks networks = Networks.open(linux, "jcompose-test")) {
            ContainerNetwork network = networks.create(NetworkSpec.of("n1", "web_default", "web"));

            assertThatThrownBy(() -> networks.attach(
                            network, AttachmentSpec.of("c1", "web-db-1", "eth0", true), Integer.MAX_VALUE))
                    .hasMessage("openat(/proc/2147483647/ns/net, 0x0, 00): No such file or directory (ENOENT 2)");
            assertThat(networks.attachments(network)).isEmpty();
        }
    }

    private static List<String> names(RtNetlink netlink) throws IOException {
        return netlink.links().stream().map(LinkInfo::name).toList();
    }
}
