package dev.jcompose.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void addVethMakesThePeerInTheOtherNamespace() throws ErrnoException {
        NetlinkRequest request = RtRequests.addVeth(
                new LinkSettings().name("jcv1").master(3).up(),
                new LinkSettings().name("eth0").netns(namespace()).mtu(1400));

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
                        + "08001c002a000000"); // IFLA_NET_NS_FD 42 } } }
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

    /** The bytes of data are those that strace shows of {@code ip}. */
    @ParameterizedTest
    @CsvSource({"PRIVATE, 01", "VEPA, 02", "BRIDGE, 04", "PASSTHRU, 08"})
    void aMacvlanHasItsParentAndItsMode(MacvlanMode mode, String number) throws ErrnoException {
        NetlinkRequest request =
                RtRequests.addMacvlan(new LinkSettings().name("eth0").parent(3).netns(namespace()), mode);

        assertThat(hex(request))
                .isEqualTo("5800000010000106" + "0700000000000000" // nlmsghdr: RTM_NEWLINK
                        + "00000000000000000000000000000000" // ifinfomsg
                        + "0900030065746830" + "00000000" // IFLA_IFNAME "eth0"
                        + "0800050003000000" // IFLA_LINK 3
                        + "08001c002a000000" // IFLA_NET_NS_FD 42
                        + "1c001200" + "0c0001006d6163766c616e00" // IFLA_LINKINFO { kind "macvlan"
                        + "0c000200" + "08000100" + number + "000000"); // IFLA_INFO_DATA { IFLA_MACVLAN_MODE } }
    }

    /** Likewise: this kernel of the tests may have no such links. */
    @ParameterizedTest
    @CsvSource({"L2, BRIDGE, 00, 00", "L3, PRIVATE, 01, 01", "L3S, VEPA, 02, 02"})
    void anIpvlanHasItsModeAndItsFlag(IpvlanMode mode, IpvlanFlag flag, String modeNumber, String flagNumber)
            throws ErrnoException {
        NetlinkRequest request =
                RtRequests.addIpvlan(new LinkSettings().name("eth0").parent(3).netns(namespace()), mode, flag);

        assertThat(hex(request))
                .endsWith(
                        "0b0001006970766c616e0000" // kind "ipvlan"
                                + "14000200" // IFLA_INFO_DATA {
                                + "06000100" + modeNumber + "000000" // IFLA_IPVLAN_MODE
                                + "06000200" + flagNumber + "000000"); // IFLA_IPVLAN_FLAGS }
    }

    @Test
    void aDefaultRouteIsReplacedAsIpDoesIt() {
        assertThat(hex(RtRequests.replaceDefault(new byte[] {10, 1, 2, 1}, 3)))
                .isEqualTo("2c00000018000105" + "0700000000000000" // nlmsghdr: NLM_F_CREATE | NLM_F_REPLACE
                        + "02000000fe03000100000000" // rtmsg: AF_INET, main table, boot, universe, unicast
                        + "080005000a010201" // RTA_GATEWAY
                        + "0800040003000000"); // RTA_OIF
        assertThat(hex(RtRequests.replaceDefaultLink(10, 3)))
                .isEqualTo("2400000018000105" + "0700000000000000" // nlmsghdr
                        + "0a000000fe03fd0100000000" // rtmsg: AF_INET6, main table, boot, link, unicast
                        + "0800040003000000"); // RTA_OIF
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

    /** An open file of which the number is 42. */
    private static Fd namespace() throws ErrnoException {
        return new Linux((call, a0, a1, a2, a3, a4, a5) -> 42).files().openat(null, "/proc/42/ns/net", 0, 0);
    }

    private static String hex(NetlinkRequest request) {
        return HexFormat.of().formatHex(request.finish(7));
    }
}
