package dev.jcompose.network.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.ipam.IpamPool;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.Lab;
import dev.jcompose.network.testing.Machine;
import dev.jcompose.network.testing.Routing;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks over a link of the host: the host's {@code lan0} leads to a remote machine, 10.77.0.2. */
@RequiresRoot(namespaces = true)
class ParentLinksIT {
    private static final String REMOTE = "10.77.0.2";

    private final Linux linux = Linux.load();
    private final Lab lab = new Lab();

    /** In the namespace of the test alone, which is why no method of JUnit does it. */
    private Machine makeTheLan() throws IOException {
        Machine remote = lab.machine();
        remote.connect(lab.host(), "lan0", new byte[] {10, 77, 0, 1}, new byte[] {10, 77, 0, 2});
        lab.serve(remote);
        return remote;
    }

    @AfterEach
    void closeTheLab() throws Exception {
        lab.close();
    }

    @Test
    void macvlanPutsContainersIntoTheNetworkOfTheHostsLink() throws IOException {
        makeTheLan();
        requireKind(RtRequests.addMacvlan(over(), macvlan(Map.of()).options().macvlanMode()));
        ContainerNetwork network = lab.networks().create(macvlan(Map.of("parent", "lan0")));
        Machine first = lab.machine();
        Machine second = lab.machine();
        Attachment attachment =
                lab.networks().attach(network, AttachmentSpec.of("c1", "first", "eth0", true), first.pid());
        lab.networks().attach(network, AttachmentSpec.of("c2", "second", "eth0", true), second.pid());
        lab.serve(first);

        String address = attachment.ipv4().orElseThrow().toString();
        assertThat(network.mtuBytes()).as("that of the parent").isEqualTo(1400);
        assertThat(network.hostAddresses()).isEmpty();
        assertThat(first.call(() -> Echo.tcp(REMOTE, Lab.PORT)))
                .as("seen by its own address")
                .isEqualTo(address);
        assertThat(second.call(() -> Echo.tcp(address, Lab.PORT))).startsWith("10.77.0.");
        first.call(() -> {
            try (RtNetlink inside = RtNetlink.open(linux)) {
                LinkInfo eth0 = inside.link("eth0").orElseThrow();
                assertThat(eth0.kind()).isEqualTo("macvlan");
                return assertThat(eth0.address()).isEqualTo(attachment.mac().toString());
            }
        });
        lab.networks().release(attachment);
        lab.networks().attachments(network).forEach(lab.networks()::release);
        lab.networks().remove(network);
        assertThat(lab.host().link("lan0")).as("the host's own link stays").isPresent();
        assertThat(lab.host().links()).extracting(LinkInfo::name).noneMatch(name -> name.startsWith("jc"));
    }

    @Test
    void privateMacvlanKeepsContainersFromEachOther() throws IOException {
        makeTheLan();
        requireKind(RtRequests.addMacvlan(over(), macvlan(Map.of()).options().macvlanMode()));
        ContainerNetwork network = lab.networks().create(macvlan(Map.of("parent", "lan0", "macvlan_mode", "private")));
        Machine first = lab.machine();
        Machine second = lab.machine();
        Attachment attachment =
                lab.networks().attach(network, AttachmentSpec.of("c1", "first", "eth0", true), first.pid());
        lab.networks().attach(network, AttachmentSpec.of("c2", "second", "eth0", true), second.pid());
        lab.serve(first);

        String address = attachment.ipv4().orElseThrow().toString();
        assertThat(second.call(() -> Echo.tcp(REMOTE, Lab.PORT))).startsWith("10.77.0.");
        assertThat(second.call(() -> Echo.unreachable(address, Lab.PORT))).isTrue();
    }

    @Test
    void ipvlanContainersReachEachOtherAndHaveTheHardwareAddressOfTheLink() throws IOException {
        makeTheLan();
        requireIpvlan();
        ContainerNetwork network = lab.networks().create(ipvlan(Map.of()));
        Machine first = lab.machine();
        Machine second = lab.machine();
        Attachment attachment = attach(network, "c1", first);
        attach(network, "c2", second);
        lab.serve(first);

        String address = attachment.ipv4().orElseThrow().toString();
        assertThat(first.call(() -> Echo.tcp(REMOTE, Lab.PORT)))
                .as("seen by its own address")
                .isEqualTo(address);
        assertThat(second.call(() -> Echo.tcp(address, Lab.PORT))).startsWith("10.77.0.");
        assertThat(Echo.unreachable(address, Lab.PORT))
                .as("the host is not on a network over its own link")
                .isTrue();
        assertThat(address(first)).isEqualTo(attachment.mac().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "vepa"})
    void ipvlanWithAFlagKeepsContainersFromEachOther(String flag) throws IOException {
        makeTheLan();
        requireIpvlan();
        ContainerNetwork network = lab.networks().create(ipvlan(Map.of("ipvlan_flag", flag)));
        Machine first = lab.machine();
        Machine second = lab.machine();
        Attachment attachment = attach(network, "c1", first);
        attach(network, "c2", second);
        lab.serve(first);

        String address = attachment.ipv4().orElseThrow().toString();
        assertThat(second.call(() -> Echo.tcp(REMOTE, Lab.PORT))).startsWith("10.77.0.");
        assertThat(second.call(() -> Echo.unreachable(address, Lab.PORT))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"l3", "l3s"})
    void ipvlanOfLayer3LeadsToOtherSubnetsByTheRoutesOfTheHost(String mode) throws IOException {
        Machine remote = makeTheLan();
        requireIpvlan();
        Routing.subnetVia(Subnet.parse("10.78.0.0/24"), "10.77.0.1", remote);
        ContainerNetwork network = lab.networks()
                .create(ipvlan(Map.of("ipvlan_mode", mode)).withPools(IpamPool.of(Subnet.parse("10.78.0.0/24"))));
        Machine first = lab.machine();
        Machine second = lab.machine();
        Attachment attachment = attach(network, "c1", first);
        attach(network, "c2", second);
        lab.serve(first);

        String address = attachment.ipv4().orElseThrow().toString();
        assertThat(first.call(() -> Echo.tcp(REMOTE, Lab.PORT)))
                .as("seen by its own address")
                .isEqualTo(address);
        assertThat(second.call(() -> Echo.tcp(address, Lab.PORT))).startsWith("10.78.0.");
        assertThat(remote.call(() -> Echo.tcp(address, Lab.PORT))).isEqualTo(REMOTE);
    }

    @Test
    void aParentHasOneModeOfIpvlanForAllItsNetworks() throws IOException {
        makeTheLan();
        requireIpvlan();
        lab.networks().create(ipvlan(Map.of()));
        NetworkSpec other = NetworkSpec.of("other", "other", "test")
                .withPools(IpamPool.of(Subnet.parse("10.78.0.0/24")))
                .withDriver(NetworkDriver.IPVLAN, Map.of("parent", "lan0", "ipvlan_mode", "l3"));

        assertThatThrownBy(() -> lab.networks().create(other))
                .hasMessage("cannot make network \"other\" over \"lan0\" with ipvlan_mode l3 and ipvlan_flag bridge:"
                        + " network \"lan\" has l2 and bridge there, and a parent has one of each");
        lab.networks().create(other.withDriver(NetworkDriver.IPVLAN, Map.of("parent", "lan0")));
    }

    @Test
    void passthruGivesTheLinkToOneContainerWhichAnEngineAfterThisOneFinds() throws IOException {
        makeTheLan();
        NetworkSpec spec = macvlan(Map.of("parent", "lan0", "macvlan_mode", "passthru"));
        requireKind(RtRequests.addMacvlan(over(), spec.options().macvlanMode()));
        ContainerNetwork network = lab.networks().create(spec);
        Machine machine = lab.machine();
        Attachment attachment = attach(network, "c1", machine);

        assertThat(machine.call(() -> Echo.tcp(REMOTE, Lab.PORT))).startsWith("10.77.0.");
        assertThat(address(machine)).isEqualTo(attachment.mac().toString());
        try (Networks next = Networks.open(linux, "jcompose-test")) {
            next.restore(List.of(network), List.of(attachment), List.of());
            assertThat(next.attachments(network)).containsExactly(attachment);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BRIDGE")
    void aVlanOfTheLinkIsMadeAndRemovedWithTheNetwork(NetworkDriver driver) throws IOException {
        Machine remote = makeTheLan();
        requireKind(RtRequests.addVlan(over(), 50));
        requireIpvlan();
        remote.run(RtRequests.addVlan(
                new LinkSettings().name("vlan").parent(remote.index("eth0")).up(), 50));
        remote.run(RtRequests.addAddress(remote.index("vlan"), new byte[] {10, 78, 0, (byte) 250}, 24));
        ContainerNetwork network = lab.networks()
                .create(macvlan(Map.of())
                        .withPools(IpamPool.of(Subnet.parse("10.78.0.0/24")))
                        .withDriver(driver, Map.of("parent", "lan0.50")));
        assertThat(lab.host().link("lan0.50").orElseThrow().kind()).isEqualTo("vlan");
        Machine machine = lab.machine();
        Attachment attachment = attach(network, "c1", machine);

        assertThat(machine.call(() -> Echo.tcp("10.78.0.250", Lab.PORT)))
                .isEqualTo(attachment.ipv4().orElseThrow().toString());
        lab.networks().release(attachment);
        lab.networks().remove(network);
        assertThat(lab.host().link("lan0.50")).isEmpty();
    }

    @Test
    void aContainerKeepsNoSpareCableOfABridgeAndNoneIsLaidFromThenOn() throws IOException {
        makeTheLan();
        requireKind(RtRequests.addMacvlan(over(), macvlan(Map.of()).options().macvlanMode()));
        lab.networks().create(NetworkSpec.of("n1", "web_default", "web"));
        Machine machine = lab.machine();
        try (NetworkNamespace namespace = NetworkNamespace.ofProcess(linux, machine.pid());
                RtNetlink inside = namespace.call(() -> RtNetlink.open(linux))) {
            lab.networks().layAhead(namespace, inside);
            assertThat(inside.link("eth0").orElseThrow().kind()).isEqualTo("veth");
            ContainerNetwork network = lab.networks().create(macvlan(Map.of("parent", "lan0")));

            AttachmentSpec spec = AttachmentSpec.of("c1", "first", "lan1", true);
            lab.networks().attachAll(List.of(new Endpoint(network, spec)), namespace, inside);
            assertThat(inside.links()).extracting(LinkInfo::name).containsExactlyInAnyOrder("lo", "lan1");
            lab.networks().layAhead(namespace, inside);
            assertThat(inside.link("eth0")).isEmpty();
        }
        assertThat(lab.host().links()).extracting(LinkInfo::name).noneMatch(name -> name.startsWith("jcv"));
    }

    @Test
    void withoutAParentContainersReachEachOtherAlone() throws IOException {
        makeTheLan();
        requireKind(RtRequests.addDummy(new LinkSettings().name("probe0")));
        ContainerNetwork network = lab.networks().create(macvlan(Map.of()));
        lab.networks().remove(network);
        assertThat(lab.host().links()).extracting(LinkInfo::name).doesNotContain(network.link());
    }

    @Test
    void whatTheKernelLacksIsNamedAndNothingIsLeft() throws IOException {
        makeTheLan();
        List<String> before = lab.host().links().stream().map(LinkInfo::name).toList();
        NetworkSpec spec = macvlan(Map.of("parent", "lan0")).withDriver(NetworkDriver.IPVLAN, Map.of("parent", "lan0"));
        if (!has(RtRequests.addIpvlan(
                over(), spec.options().ipvlanMode(), spec.options().ipvlanFlag()))) {
            assertThatThrownBy(() -> lab.networks().create(spec))
                    .hasMessage("network \"lan\": this kernel has no ipvlan links (CONFIG_IPVLAN)");
        }
        if (!has(RtRequests.addVlan(over(), 50))) {
            assertThatThrownBy(() -> lab.networks().create(macvlan(Map.of("parent", "lan0.50"))))
                    .hasMessage("network \"lan\" needs VLAN 50 of lan0, but this kernel has no VLAN links"
                            + " (CONFIG_VLAN_8021Q)");
        }
        assertThatThrownBy(() -> lab.networks().create(macvlan(Map.of("parent", "nic7"))))
                .hasMessageStartingWith("network \"lan\": parent \"nic7\" does not exist; the host has ");
        assertThatThrownBy(() -> lab.networks().create(macvlan(Map.of("parent", "lan0.5000"))))
                .hasMessage("network \"lan\": VLAN 5000 of parent \"lan0.5000\" is not in 1..4094");
        assertThatThrownBy(() -> lab.networks().create(macvlan(Map.of("parent", "lo"))))
                .hasMessage("cannot make network \"lan\" over \"lo\": it is the loopback");
        assertThat(lab.host().links()).extracting(LinkInfo::name).containsExactlyElementsOf(before);
    }

    private Attachment attach(ContainerNetwork network, String id, Machine machine) throws IOException {
        return lab.networks().attach(network, AttachmentSpec.of(id, id, "eth0", true), machine.pid());
    }

    private String address(Machine machine) throws IOException {
        return machine.call(() -> {
            try (RtNetlink inside = RtNetlink.open(linux)) {
                return inside.link("eth0").orElseThrow().address();
            }
        });
    }

    /** The subnet is that of the link, which for a bridge would be a conflict. */
    private static NetworkSpec macvlan(Map<String, String> options) {
        return NetworkSpec.of("lan", "lan", "test")
                .withPools(IpamPool.of(Subnet.parse("10.77.0.0/24")))
                .withDriver(NetworkDriver.MACVLAN, options);
    }

    private static NetworkSpec ipvlan(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("parent", "lan0");
        return macvlan(Map.of()).withDriver(NetworkDriver.IPVLAN, all);
    }

    private void requireIpvlan() throws IOException {
        DriverOptions usual = ipvlan(Map.of()).options();
        requireKind(RtRequests.addIpvlan(over(), usual.ipvlanMode(), usual.ipvlanFlag()));
    }

    private LinkSettings over() throws IOException {
        return new LinkSettings()
                .name("probe0")
                .parent(lab.host().link("lan0").orElseThrow().index());
    }

    private void requireKind(NetlinkRequest request) throws IOException {
        assumeTrue(has(request), "this kernel does not have such links");
    }

    private boolean has(NetlinkRequest request) throws IOException {
        try {
            lab.host().run(request);
            return lab.host().deleteLink("probe0");
        } catch (ErrnoException e) {
            if (e.is(Errno.EOPNOTSUPP)) {
                return false;
            }
            throw e;
        }
    }
}
