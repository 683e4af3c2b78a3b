package dev.jcompose.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RtRequestsTest {

    @Test
    void addBridgeMatchesWhatIpLinkSends() {
        NetlinkRequest request = RtRequests.addBridge(new LinkSettings().name("jc0"));

        assertThat(hex(request))
                .isEqualTo(
                        "3800000010000106" + "0700000000000000" // nlmsghdr: 56 bytes, RTM_NEWLINK, create|excl, seq 7
                                + "00000000000000000000000000000000" // ifinfomsg: a new link
                                + "080003006a633000" // IFLA_IFNAME "jc0"
                                + "10001200" + "0b00010062726964676500" + "00"); // IFLA_LINKINFO { kind "bridge" }
    }

    @Test
    void addVethMakesThePeerInTheOtherNamespace() {
        NetlinkRequest request = RtRequests.addVeth(
                new LinkSettings().name("jcv1").master(3).up(),
                new LinkSettings().name("eth0").netns(42).mtu(1400));

        assertThat(hex(request))
                .isEqualTo("7800000010000106" + "0700000000000000" // nlmsghdr
                        + "00000000000000000100000001000000" // ifinfomsg: up
                        + "090003006a637631" + "00000000" // IFLA_IFNAME "jcv1"
                        + "08000a0003000000" // IFLA_MASTER 3
                        + "44001200" + "0900010076657468" + "00000000" // IFLA_LINKINFO { kind "veth"
                        + "34000200" + "30000100" // IFLA_INFO_DATA { VETH_INFO_PEER {
                        + "00000000000000000000000000000000" // ifinfomsg of the peer
                        + "090003006574683000000000" // IFLA_IFNAME "eth0"
                        + "0800040078050000" // IFLA_MTU 1400
                        + "080013002a000000"); // IFLA_NET_NS_PID 42 } } }
    }

    @Test
    void addAddressCarriesTheBroadcastAddress() {
        NetlinkRequest request = RtRequests.addAddress(5, new byte[] {10, 1, 2, 3}, 24);

        assertThat(hex(request))
                .isEqualTo("3000000014000106" + "0700000000000000" // nlmsghdr: RTM_NEWADDR
                        + "0218000005000000" // ifaddrmsg: AF_INET, /24, index 5
                        + "080002000a010203" // IFA_LOCAL
                        + "080001000a010203" // IFA_ADDRESS
                        + "080004000a0102ff"); // IFA_BROADCAST
    }

    @Test
    void aDefaultRouteHasNoDestination() {
        NetlinkRequest request = RtRequests.addRoute(new byte[4], 0, new byte[] {10, 1, 2, 1}, 5);

        assertThat(hex(request))
                .isEqualTo("2c00000018000106" + "0700000000000000" // nlmsghdr: RTM_NEWROUTE
                        + "02000000fe03000100000000" // rtmsg: AF_INET, main table, boot, universe, unicast
                        + "080005000a010201" // RTA_GATEWAY
                        + "0800040005000000"); // RTA_OIF
    }

    @Test
    void aLongMessageGrows() {
        NetlinkRequest request = new NetlinkRequest(1, 0, () -> "long").bytes(1, new byte[5000]);

        assertThat(request.finish(1)).hasSize(16 + 4 + 5000);
    }

    @Test
    void rejectsNamesThatTheKernelOrAShellWouldTrip() {
        for (String name : new String[] {"", "sixteen-letters-", "a/b", "a b", "a:1", "..", "é", "jc%d"}) {
            assertThatThrownBy(() -> LinkSettings.requireName(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("interface name \"" + name + "\"");
        }
    }

    private static String hex(NetlinkRequest request) {
        return HexFormat.of().formatHex(request.finish(7));
    }
}
