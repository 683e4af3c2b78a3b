package dev.jcompose.network.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.AddressInfo;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.RouteInfo;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.ipam.IpamPool;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.Lab;
import dev.jcompose.network.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the settings of a network and of an endpoint do in the kernel. */
@RequiresRoot(namespaces = true)
class NetworkSettingsIT {

    private final Linux linux = Linux.load();
    private final Lab lab = new Lab();

    @AfterEach
    void closeTheLab() throws Exception {
        lab.close();
    }

    @Test
    void ipv6WorksAtOnceWithAUniqueLocalSubnet() throws IOException {
        ContainerNetwork network = lab.networks().create(spec("n1").withFamilies(true, true));
        Machine server = lab.machine();
        Machine client = lab.machine();
        Attachment attachment =
                lab.networks().attach(network, AttachmentSpec.of("c1", "server", "eth0", true), server.pid());
        lab.networks().attach(network, AttachmentSpec.of("c2", "client", "eth0", true), client.pid());
        lab.serve(server);

        assertThat(network.pools()).hasSize(2);
        String ipv6 = attachment.ipv6().orElseThrow().toString();
        assertThat(ipv6).startsWith("fd");
        // No wait in between: an address that is still being tried for duplicates could not be used.
        assertThat(client.call(() -> Echo.tcp(ipv6, Lab.PORT))).startsWith("fd");
        assertThat(Path.of("/proc/sys/net/ipv6/conf/all/forwarding")).hasContent("1\n");
        assertThat(defaultGateways(client))
                .containsExactlyInAnyOrder(
                        network.pools().get(0).gatewayOrFirst().toString(),
                        network.pools().get(1).gatewayOrFirst().toString());
    }

    @Test
    void aNetworkCanHaveIpv6Alone() throws IOException {
        ContainerNetwork network = lab.networks().create(spec("n1").withFamilies(false, true));
        Attachment attachment = lab.networks()
                .attach(
                        network,
                        AttachmentSpec.of("c1", "web", "eth0", true),
                        lab.machine().pid());

        assertThat(attachment.ipv4()).isEmpty();
        assertThat(attachment.ipv6()).isPresent();
    }

    @Test
    void severalSubnetsOfAFamilyAreOneNetwork() throws IOException {
        ContainerNetwork network = lab.networks()
                .create(spec("n1")
                        .withPools(
                                IpamPool.of(Subnet.parse("10.213.1.0/29")),
                                IpamPool.of(Subnet.parse("10.213.2.0/24")),
                                IpamPool.of(Subnet.parse("fd12:3::/64"))));
        Machine server = lab.machine();
        Machine client = lab.machine();
        lab.networks().attach(network, fixed("c1", "server", "10.213.2.9"), server.pid());
        Attachment attachment =
                lab.networks().attach(network, AttachmentSpec.of("c2", "client", "eth0", true), client.pid());
        lab.serve(server);

        assertThat(attachment.ipv4().orElseThrow().toString()).startsWith("10.213.1.");
        assertThat(attachment.ipv6().orElseThrow().toString()).startsWith("fd12:3::");
        assertThat(client.call(() -> Echo.tcp("10.213.2.9", Lab.PORT)))
                .as("reached without the host as a router in between")
                .isEqualTo(attachment.ipv4().orElseThrow().toString());
        assertThatThrownBy(() -> lab.networks()
                        .attach(
                                network,
                                fixed("c3", "other", "10.213.3.1"),
                                lab.machine().pid()))
                .hasMessage("address 10.213.3.1 of \"other\" is in no subnet of network \"n1\", which has"
                        + " [10.213.1.0/29, 10.213.2.0/24, fd12:3::/64]");
    }

    @Test
    void aFullSubnetGoesOnInTheNextOne() throws IOException {
        ContainerNetwork network = lab.networks()
                .create(spec("n1")
                        .withPools(
                                IpamPool.of(Subnet.parse("10.213.1.0/30")),
                                IpamPool.of(Subnet.parse("10.213.2.0/30"))));
        List<String> given = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            given.add(lab.networks()
                    .attach(
                            network,
                            AttachmentSpec.of("c" + i, "c" + i, "eth0", true),
                            lab.machine().pid())
                    .ipv4()
                    .orElseThrow()
                    .toString());
        }

        assertThat(given).containsExactly("10.213.1.2", "10.213.2.2");
        assertThatThrownBy(() -> lab.networks()
                        .attach(
                                network,
                                AttachmentSpec.of("c3", "c3", "eth0", true),
                                lab.machine().pid()))
                .hasMessage("network \"n1\" has no free address for \"c3\": all 1 of 10.213.2.0/30 are taken");
    }

    @Test
    void containersOfANetworkWithoutCommunicationReachOnlyTheHost() throws IOException {
        ContainerNetwork network = lab.networks()
                .create(spec("n1")
                        .withDriver(NetworkDriver.BRIDGE, Map.of("com.docker.network.bridge.enable_icc", "false")));
        Machine server = lab.machine();
        Machine client = lab.machine();
        Attachment attachment =
                lab.networks().attach(network, AttachmentSpec.of("c1", "server", "eth0", true), server.pid());
        lab.networks().attach(network, AttachmentSpec.of("c2", "client", "eth0", true), client.pid());
        lab.serve(server);
        lab.serve();

        String address = attachment.ipv4().orElseThrow().toString();
        assertThat(client.call(() -> Echo.unreachable(address, Lab.PORT))).isTrue();
        String gateway = network.pools().get(0).gatewayOrFirst().toString();
        assertThat(client.call(() -> Echo.tcp(gateway, Lab.PORT))).isNotEmpty();
        assertThat(Echo.tcp(address, Lab.PORT)).isEqualTo(gateway);
    }

    @Test
    void anEndpointHasItsLinkLocalAddressesItsMacAndItsSettings() throws IOException {
        ContainerNetwork network = lab.networks().create(spec("n1").withFamilies(true, true));
        Machine machine = lab.machine();
        AttachmentSpec spec = new AttachmentSpec(
                "c1",
                "web",
                "data0",
                null,
                null,
                List.of(IpAddress.parse("169.254.7.7"), IpAddress.parse("fe80::7")),
                MacAddress.parse("02:42:00:00:00:07"),
                true,
                true,
                InterfaceSysctl.parse("net.ipv4.conf.IFNAME.log_martians=1,net.ipv6.conf.IFNAME.accept_ra=0"),
                Set.of());
        lab.networks().attach(network, spec, machine.pid());

        machine.call(() -> {
            try (RtNetlink inside = RtNetlink.open(linux)) {
                assertThat(inside.link("data0").orElseThrow().address()).isEqualTo("02:42:00:00:00:07");
                return assertThat(inside.addresses().stream()
                                .map(AddressInfo::address)
                                .map(IpAddress::of))
                        .contains(IpAddress.parse("169.254.7.7"), IpAddress.parse("fe80::7"));
            }
        });
        assertThat(machine.call(() -> Files.readString(Path.of("/proc/sys/net/ipv4/conf/data0/log_martians"))))
                .startsWith("1");
        assertThat(machine.call(() -> Files.readString(Path.of("/proc/sys/net/ipv6/conf/data0/accept_ra"))))
                .startsWith("0");
    }

    @Test
    void aSettingThatTheKernelDoesNotHaveFailsTheAttachmentByItsPath() throws IOException {
        ContainerNetwork network = lab.networks().create(spec("n1"));
        AttachmentSpec plain = AttachmentSpec.of("c1", "web", "eth0", true);
        AttachmentSpec spec = new AttachmentSpec(
                plain.containerId(),
                plain.containerName(),
                plain.interfaceName(),
                null,
                null,
                List.of(),
                null,
                true,
                true,
                InterfaceSysctl.parse("net.ipv4.conf.IFNAME.nonsense=1"),
                Set.of());
        Machine machine = lab.machine();

        assertThatThrownBy(() -> lab.networks().attach(network, spec, machine.pid()))
                .hasMessageStartingWith("cannot write \"1\" to /proc/sys/net/ipv4/conf/eth0/nonsense: ");
        lab.networks().remove(network);
    }

    @Test
    void aBridgeWithoutTheHostHasNoAddress() throws IOException {
        ContainerNetwork network = lab.networks()
                .create(spec("n1")
                        .asInternal()
                        .withDriver(
                                NetworkDriver.BRIDGE,
                                Map.of("com.docker.network.bridge.gateway_mode_ipv4", "isolated")));

        int index = lab.host().link(network.link()).orElseThrow().index();
        assertThat(lab.host().addresses()).noneMatch(address -> address.linkIndex() == index);
        assertThat(network.hostAddresses()).isEmpty();
    }

    @Test
    void theHalvesThatAVpnPutsOverTheDefaultRouteAreNotInTheWay() throws IOException {
        Machine remote = lab.machine();
        remote.connect(lab.host(), "tun0", new byte[] {10, 8, 0, 1}, new byte[] {10, 8, 0, 2});
        int tunnel = lab.host().link("tun0").orElseThrow().index();
        byte[] peer = {10, 8, 0, 2};
        lab.host()
                .run(
                        RtRequests.addRoute(new byte[4], 1, peer, tunnel),
                        RtRequests.addRoute(new byte[] {(byte) 128, 0, 0, 0}, 1, peer, tunnel));

        assertThat(lab.networks().create(spec("n1")).pools()).hasSize(1);
    }

    @Test
    void whenRoutesCoverAllPrivateAddressesTheErrorNamesThem() throws IOException {
        Machine remote = lab.machine();
        remote.connect(lab.host(), "vpn0", new byte[] {10, 8, 0, 1}, new byte[] {10, 8, 0, 2});
        int vpn = lab.host().link("vpn0").orElseThrow().index();
        byte[] peer = {10, 8, 0, 2};
        lab.host()
                .run(
                        RtRequests.addRoute(new byte[] {10, 0, 0, 0}, 8, peer, vpn),
                        RtRequests.addRoute(new byte[] {(byte) 172, 16, 0, 0}, 12, peer, vpn),
                        RtRequests.addRoute(new byte[] {(byte) 192, (byte) 168, 0, 0}, 16, peer, vpn));

        assertThatThrownBy(() -> lab.networks().create(spec("n1")))
                .hasMessageStartingWith("no free /24 subnet: 10.192.0.0/10 has route 10.0.0.0/8 dev vpn0;")
                .hasMessageContaining("192.168.0.0/16 has route 192.168.0.0/16 dev vpn0")
                .hasMessageEndingWith("name a subnet in the network's ipam.config");
        assertThat(lab.networks().inKernel()).isEmpty();
    }

    @Test
    void theHostKeepsListeningToItsRouterWhenItBecomesOne() throws IOException {
        Path setting = Path.of("/proc/sys/net/ipv6/conf/wan0/accept_ra");
        lab.host().run(RtRequests.addBridge(new LinkSettings().name("wan0")));
        Files.writeString(setting, "1");

        lab.networks().create(spec("n1").withFamilies(true, true));

        assertThat(setting).hasContent("2\n");
    }

    private static NetworkSpec spec(String name) {
        return NetworkSpec.of(name, name, "test");
    }

    private static AttachmentSpec fixed(String id, String name, String ipv4) {
        return new AttachmentSpec(
                id, name, "eth0", IpAddress.parse(ipv4), null, List.of(), null, true, true, List.of(), Set.of());
    }

    private List<String> defaultGateways(Machine machine) throws IOException {
        return machine.call(() -> {
            try (RtNetlink inside = RtNetlink.open(linux)) {
                return inside.routes().stream()
                        .filter(route -> route.isDefault() && route.gateway() != null)
                        .map(RouteInfo::gateway)
                        .map(gateway -> IpAddress.of(gateway).toString())
                        .toList();
            }
        });
    }
}
