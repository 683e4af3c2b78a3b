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
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.ipam.IpamPool;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks over a link of the host: the host's {@code lan0} leads to a remote machine, 10.77.0.2. */
@RequiresRoot(namespaces = true)
class ParentLinksIT {
    private static final int PORT = 80;
    private static final String REMOTE = "10.77.0.2";

    private final Linux linux = Linux.load();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Networks networks;
    private RtNetlink host;

    /** In the namespace of the test alone, which is why no method of JUnit does it. */
    private void makeTheLan() throws IOException {
        networks = Networks.open(linux, "jcompose-test");
        host = RtNetlink.open(linux);
        open.add(networks);
        open.add(host);
        Machine remote = machine();
        remote.connect(host, "lan0", new byte[] {10, 77, 0, 1}, new byte[] {10, 77, 0, 2});
        open.add(0, remote.call(() -> new Echo(PORT)));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void macvlanPutsContainersIntoTheNetworkOfTheHostsLink() throws IOException {
        makeTheLan();
        requireKind(RtRequests.addMacvlan(over(), macvlan(Map.of()).options().macvlanMode()));
        BridgeNetwork network = networks.create(macvlan(Map.of("parent", "lan0")));
        Machine first = machine();
        Machine second = machine();
        Attachment attachment = networks.attach(network, AttachmentSpec.of("c1", "first", "eth0", true), first.pid());
        networks.attach(network, AttachmentSpec.of("c2", "second", "eth0", true), second.pid());
        open.add(0, first.call(() -> new Echo(PORT)));

        String address = attachment.ipv4().orElseThrow().toString();
        assertThat(network.mtuBytes()).as("that of the parent").isEqualTo(1400);
        assertThat(network.hostAddresses()).isEmpty();
        assertThat(first.call(() -> Echo.tcp(REMOTE, PORT)))
                .as("seen by its own address")
                .isEqualTo(address);
        assertThat(second.call(() -> Echo.tcp(address, PORT))).startsWith("10.77.0.");
        first.call(() -> {
            try (RtNetlink inside = RtNetlink.open(linux)) {
                LinkInfo eth0 = inside.link("eth0").orElseThrow();
                assertThat(eth0.kind()).isEqualTo("macvlan");
                return assertThat(eth0.address()).isEqualTo(attachment.mac().toString());
            }
        });
        networks.release(attachment);
        networks.attachments(network).forEach(networks::release);
        networks.remove(network);
        assertThat(host.link("lan0")).as("the host's own link stays").isPresent();
        assertThat(host.links()).extracting(LinkInfo::name).noneMatch(name -> name.startsWith("jc"));
    }

    @Test
    void privateMacvlanKeepsContainersFromEachOther() throws IOException {
        makeTheLan();
        requireKind(RtRequests.addMacvlan(over(), macvlan(Map.of()).options().macvlanMode()));
        BridgeNetwork network = networks.create(macvlan(Map.of("parent", "lan0", "macvlan_mode", "private")));
        Machine first = machine();
        Machine second = machine();
        Attachment attachment = networks.attach(network, AttachmentSpec.of("c1", "first", "eth0", true), first.pid());
        networks.attach(network, AttachmentSpec.of("c2", "second", "eth0", true), second.pid());
        open.add(0, first.call(() -> new Echo(PORT)));

        String address = attachment.ipv4().orElseThrow().toString();
        assertThat(second.call(() -> Echo.tcp(REMOTE, PORT))).startsWith("10.77.0.");
        assertThat(second.call(() -> Echo.unreachable(address, PORT))).isTrue();
    }

    @Test
    void ipvlanSharesTheAddressOfTheLink() throws IOException {
        makeTheLan();
        requireKind(RtRequests.addIpvlan(
                over(),
                macvlan(Map.of()).options().ipvlanMode(),
                macvlan(Map.of()).options().ipvlanFlag()));
        BridgeNetwork network =
                networks.create(macvlan(Map.of()).withDriver(NetworkDriver.IPVLAN, Map.of("parent", "lan0")));
        Machine machine = machine();
        networks.attach(network, AttachmentSpec.of("c1", "first", "eth0", true), machine.pid());

        assertThat(machine.call(() -> Echo.tcp(REMOTE, PORT))).startsWith("10.77.0.");
    }

    @Test
    void aVlanOfTheLinkIsMadeAndRemovedWithTheNetwork() throws IOException {
        makeTheLan();
        requireKind(RtRequests.addVlan(over(), 50));
        BridgeNetwork network = networks.create(macvlan(Map.of("parent", "lan0.50")));
        assertThat(host.link("lan0.50").orElseThrow().kind()).isEqualTo("vlan");

        networks.remove(network);
        assertThat(host.link("lan0.50")).isEmpty();
    }

    @Test
    void withoutAParentContainersReachEachOtherAlone() throws IOException {
        makeTheLan();
        requireKind(RtRequests.addDummy(new LinkSettings().name("probe0")));
        BridgeNetwork network = networks.create(macvlan(Map.of()));
        networks.remove(network);
        assertThat(host.links()).extracting(LinkInfo::name).doesNotContain(network.bridge());
    }

    @Test
    void whatTheKernelLacksIsNamedAndNothingIsLeft() throws IOException {
        makeTheLan();
        List<String> before = host.links().stream().map(LinkInfo::name).toList();
        NetworkSpec spec = macvlan(Map.of("parent", "lan0")).withDriver(NetworkDriver.IPVLAN, Map.of("parent", "lan0"));
        if (!has(RtRequests.addIpvlan(
                over(), spec.options().ipvlanMode(), spec.options().ipvlanFlag()))) {
            assertThatThrownBy(() -> networks.create(spec))
                    .hasMessage("network \"lan\": this kernel has no ipvlan links (CONFIG_IPVLAN)");
        }
        if (!has(RtRequests.addVlan(over(), 50))) {
            assertThatThrownBy(() -> networks.create(macvlan(Map.of("parent", "lan0.50"))))
                    .hasMessage("network \"lan\" needs VLAN 50 of lan0, but this kernel has no VLAN links"
                            + " (CONFIG_VLAN_8021Q)");
        }
        assertThatThrownBy(() -> networks.create(macvlan(Map.of("parent", "nic7"))))
                .hasMessageStartingWith("network \"lan\": parent \"nic7\" does not exist; the host has ");
        assertThatThrownBy(() -> networks.create(macvlan(Map.of("parent", "lan0.5000"))))
                .hasMessage("network \"lan\": VLAN 5000 of parent \"lan0.5000\" is not in 1..4094");
        assertThatThrownBy(() -> networks.create(macvlan(Map.of("parent", "lo"))))
                .hasMessage("cannot make network \"lan\" over \"lo\": it is the loopback");
        assertThat(host.links()).extracting(LinkInfo::name).containsExactlyElementsOf(before);
    }

    /** The subnet is that of the link, which for a bridge would be a conflict. */
    private static NetworkSpec macvlan(Map<String, String> options) {
        return NetworkSpec.of("lan", "lan", "test")
                .withPools(IpamPool.of(Subnet.parse("10.77.0.0/24")))
                .withDriver(NetworkDriver.MACVLAN, options);
    }

    private LinkSettings over() throws IOException {
        return new LinkSettings()
                .name("probe0")
                .parent(host.link("lan0").orElseThrow().index());
    }

    private void requireKind(NetlinkRequest request) throws IOException {
        assumeTrue(has(request), "this kernel does not have such links");
    }

    private boolean has(NetlinkRequest request) throws IOException {
        try {
            host.run(request);
            return host.deleteLink("probe0");
        } catch (ErrnoException e) {
            if (e.is(Errno.EOPNOTSUPP)) {
                return false;
            }
            throw e;
        }
    }

    private Machine machine() throws IOException {
        Machine machine = Machine.start(linux);
        open.add(0, machine);
        return machine;
    }
}
