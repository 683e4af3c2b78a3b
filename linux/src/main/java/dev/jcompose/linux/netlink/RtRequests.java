package dev.jcompose.linux.netlink;

import static dev.jcompose.linux.netlink.NetlinkRequest.NLM_F_CREATE;
import static dev.jcompose.linux.netlink.NetlinkRequest.NLM_F_DUMP;
import static dev.jcompose.linux.netlink.NetlinkRequest.NLM_F_EXCL;
import static dev.jcompose.linux.netlink.NetlinkRequest.NLM_F_REPLACE;
import static dev.jcompose.linux.netlink.RtMessages.IFA_ADDRESS;
import static dev.jcompose.linux.netlink.RtMessages.IFA_BROADCAST;
import static dev.jcompose.linux.netlink.RtMessages.IFA_F_NODAD;
import static dev.jcompose.linux.netlink.RtMessages.IFA_LOCAL;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_BRPORT_ISOLATED;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_BRPORT_MODE;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_EXT_MASK;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_GROUP;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_IFNAME;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_INFO_DATA;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_INFO_KIND;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_INFO_SLAVE_DATA;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_INFO_SLAVE_KIND;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_IPVLAN_FLAGS;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_IPVLAN_MODE;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_LINKINFO;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_MACVLAN_MODE;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_VLAN_ID;
import static dev.jcompose.linux.netlink.RtMessages.RTA_DST;
import static dev.jcompose.linux.netlink.RtMessages.RTA_GATEWAY;
import static dev.jcompose.linux.netlink.RtMessages.RTA_OIF;
import static dev.jcompose.linux.netlink.RtMessages.RTEXT_FILTER_SKIP_STATS;
import static dev.jcompose.linux.netlink.RtMessages.RTM_DELLINK;
import static dev.jcompose.linux.netlink.RtMessages.RTM_GETADDR;
import static dev.jcompose.linux.netlink.RtMessages.RTM_GETLINK;
import static dev.jcompose.linux.netlink.RtMessages.RTM_GETROUTE;
import static dev.jcompose.linux.netlink.RtMessages.RTM_NEWADDR;
import static dev.jcompose.linux.netlink.RtMessages.RTM_NEWLINK;
import static dev.jcompose.linux.netlink.RtMessages.RTM_NEWROUTE;
import static dev.jcompose.linux.netlink.RtMessages.RTM_SETLINK;
import static dev.jcompose.linux.netlink.RtMessages.RTN_UNICAST;
import static dev.jcompose.linux.netlink.RtMessages.RTPROT_BOOT;
import static dev.jcompose.linux.netlink.RtMessages.RT_SCOPE_LINK;
import static dev.jcompose.linux.netlink.RtMessages.RT_SCOPE_UNIVERSE;
import static dev.jcompose.linux.netlink.RtMessages.RT_TABLE_MAIN;
import static dev.jcompose.linux.netlink.RtMessages.VETH_INFO_PEER;

import dev.jcompose.linux.SocketCalls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Single requests of the routing family, in the vocabulary of ip(8). {@link RtNetlink} sends them, many at once where
 * that helps. Addresses are 4 or 16 bytes in network order.
 */
public final class RtRequests {
    private RtRequests() {}

    /** {@code ip link add SETTINGS type bridge}; {@code EEXIST} when the name is taken. */
    public static NetlinkRequest addBridge(LinkSettings settings) {
        NetlinkRequest request = link(
                RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0, settings, () -> "ip link add " + settings + " type bridge");
        return request.nested(IFLA_LINKINFO, info -> info.string(IFLA_INFO_KIND, "bridge"));
    }

    /**
     * {@code ip link add SETTINGS type veth peer PEER}: with {@link LinkSettings#netns} the peer is made in that
     * namespace at once. The peer cannot be brought up by this request.
     */
    public static NetlinkRequest addVeth(LinkSettings settings, LinkSettings peer) {
        NetlinkRequest request = link(
                RTM_NEWLINK,
                NLM_F_CREATE | NLM_F_EXCL,
                0,
                settings,
                () -> "ip link add " + settings + " type veth peer " + peer);
        return request.nested(
                IFLA_LINKINFO,
                info -> info.string(IFLA_INFO_KIND, "veth")
                        .nested(IFLA_INFO_DATA, data -> data.nested(VETH_INFO_PEER, end -> peer.writeTo(end, 0))));
    }

    /**
     * {@code ip link add SETTINGS type macvlan mode MODE}: a link with an address of its own over another one, its
     * {@link LinkSettings#parent}; {@code EOPNOTSUPP} when the kernel has no such kind.
     */
    public static NetlinkRequest addMacvlan(LinkSettings settings, MacvlanMode mode) {
        return add(settings, "macvlan", data -> data.u32(IFLA_MACVLAN_MODE, mode.number()), "mode " + mode);
    }

    /**
     * {@code ip link add SETTINGS type ipvlan mode MODE FLAG}: a link that shares the hardware address of its
     * {@link LinkSettings#parent}; {@code EOPNOTSUPP} when the kernel has no such kind.
     */
    public static NetlinkRequest addIpvlan(LinkSettings settings, IpvlanMode mode, IpvlanFlag flag) {
        return add(
                settings,
                "ipvlan",
                data -> data.u16(IFLA_IPVLAN_MODE, mode.number()).u16(IFLA_IPVLAN_FLAGS, flag.number()),
                "mode " + mode + " " + flag);
    }

    /**
     * {@code ip link add SETTINGS type vlan id ID}, over its {@link LinkSettings#parent}.
     *
     * @param id 1 to 4094
     */
    public static NetlinkRequest addVlan(LinkSettings settings, int id) {
        return add(settings, "vlan", data -> data.u16(IFLA_VLAN_ID, id), "id " + id);
    }

    /** {@code ip link add SETTINGS type dummy}: a link that leads nowhere. */
    public static NetlinkRequest addDummy(LinkSettings settings) {
        return add(settings, "dummy", data -> {}, "");
    }

    private static NetlinkRequest add(LinkSettings settings, String kind, Consumer<NetlinkRequest> data, String words) {
        NetlinkRequest request = link(
                RTM_NEWLINK,
                NLM_F_CREATE | NLM_F_EXCL,
                0,
                settings,
                () -> ("ip link add " + settings + " type " + kind + " " + words).strip());
        return request.nested(
                IFLA_LINKINFO, info -> info.string(IFLA_INFO_KIND, kind).nested(IFLA_INFO_DATA, data));
    }

    /** {@code ip link set dev INDEX SETTINGS}. */
    public static NetlinkRequest setLink(int index, LinkSettings settings) {
        return link(RTM_SETLINK, 0, index, settings, () -> "ip link set dev " + index + " " + settings);
    }

    /** {@code ip link set dev NAME SETTINGS}; the settings must not name it again. */
    public static NetlinkRequest setLink(String name, LinkSettings settings) {
        NetlinkRequest request = link(RTM_SETLINK, 0, 0, settings, () -> "ip link set dev " + name + " " + settings);
        return request.string(IFLA_IFNAME, name);
    }

    /**
     * {@code ip link set dev NAME type bridge_slave hairpin on}: the bridge sends packets back out of the port that
     * they came from; only for a port of a bridge.
     */
    public static NetlinkRequest setHairpin(String name) {
        return setPort(name, IFLA_BRPORT_MODE, "hairpin on");
    }

    /**
     * {@code ip link set dev NAME type bridge_slave isolated on}: the bridge passes nothing between isolated ports;
     * only for a port of a bridge.
     */
    public static NetlinkRequest setIsolated(String name) {
        return setPort(name, IFLA_BRPORT_ISOLATED, "isolated on");
    }

    private static NetlinkRequest setPort(String name, int setting, String words) {
        return link(
                        RTM_NEWLINK,
                        0,
                        0,
                        new LinkSettings().name(name),
                        () -> "ip link set dev " + name + " type bridge_slave " + words)
                .nested(
                        IFLA_LINKINFO,
                        info -> info.string(IFLA_INFO_SLAVE_KIND, "bridge")
                                .nested(IFLA_INFO_SLAVE_DATA, port -> port.u8(setting, 1)));
    }

    /** {@code ip link del NAME}; {@code ENODEV} when there is none. */
    public static NetlinkRequest delLink(String name) {
        return link(RTM_DELLINK, 0, 0, new LinkSettings(), () -> "ip link del " + name)
                .string(IFLA_IFNAME, name);
    }

    /**
     * {@code ip link del group GROUP}: all links of the group at once, which takes no longer than one of them;
     * {@code ENODEV} when there is none.
     *
     * @param group not 0, the group of all links that nobody put into one
     */
    public static NetlinkRequest delGroup(int group) {
        if (group == 0) {
            throw new IllegalArgumentException("group 0 is all of the host's links");
        }
        return link(RTM_DELLINK, 0, 0, new LinkSettings(), () -> "ip link del group " + group)
                .u32(IFLA_GROUP, group);
    }

    /** {@code ip link show NAME}; {@code ENODEV} when there is none. */
    public static NetlinkRequest getLink(String name) {
        return link(RTM_GETLINK, 0, 0, new LinkSettings(), () -> "ip link show " + name)
                .string(IFLA_IFNAME, name)
                .u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    }

    /**
     * {@code ip addr add ADDRESS/PREFIX dev INDEX}, with the broadcast address for IPv4, of link scope for a link-local
     * address, and without duplicate detection.
     */
    public static NetlinkRequest addAddress(int index, byte[] address, int prefixLength) {
        NetlinkRequest request = new NetlinkRequest(
                        RTM_NEWADDR,
                        NLM_F_CREATE | NLM_F_EXCL,
                        () -> "ip addr add " + show(address) + "/" + prefixLength + " dev " + index)
                .putByte(family(address))
                .putByte(prefixLength)
                .putByte(address.length == 4 ? 0 : IFA_F_NODAD)
                .putByte(isLinkLocal(address) ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE)
                .putInt(index)
                .bytes(IFA_LOCAL, address)
                .bytes(IFA_ADDRESS, address);
        return address.length == 4 && prefixLength < 31
                ? request.bytes(IFA_BROADCAST, broadcast(address, prefixLength))
                : request;
    }

    /** {@code ip route add DESTINATION/PREFIX via GATEWAY dev INDEX}; prefix 0 is the default route. */
    public static NetlinkRequest addRoute(byte[] destination, int prefixLength, byte[] gateway, int index) {
        NetlinkRequest request = route(
                RTM_NEWROUTE,
                NLM_F_CREATE | NLM_F_EXCL,
                family(gateway),
                prefixLength,
                RT_SCOPE_UNIVERSE,
                () -> "ip route add " + show(destination) + "/" + prefixLength + " via " + show(gateway) + " dev "
                        + index);
        return over(request, destination, prefixLength)
                .bytes(RTA_GATEWAY, gateway)
                .u32(RTA_OIF, index);
    }

    /** {@code ip route add DESTINATION/PREFIX dev INDEX scope link}: all of it can be reached without a gateway. */
    public static NetlinkRequest addLinkRoute(byte[] destination, int prefixLength, int index) {
        NetlinkRequest request = route(
                RTM_NEWROUTE,
                NLM_F_CREATE | NLM_F_EXCL,
                family(destination),
                prefixLength,
                RT_SCOPE_LINK,
                () -> "ip route add " + show(destination) + "/" + prefixLength + " dev " + index + " scope link");
        return over(request, destination, prefixLength).u32(RTA_OIF, index);
    }

    /** {@code ip route replace default via GATEWAY dev INDEX}: instead of the one that there may be. */
    public static NetlinkRequest replaceDefault(byte[] gateway, int index) {
        return route(
                        RTM_NEWROUTE,
                        NLM_F_CREATE | NLM_F_REPLACE,
                        family(gateway),
                        0,
                        RT_SCOPE_UNIVERSE,
                        () -> "ip route replace default via " + show(gateway) + " dev " + index)
                .bytes(RTA_GATEWAY, gateway)
                .u32(RTA_OIF, index);
    }

    /**
     * {@code ip route replace default dev INDEX scope link}: instead of the one that there may be.
     *
     * @param family {@code AF_INET} or {@code AF_INET6}
     */
    public static NetlinkRequest replaceDefaultLink(int family, int index) {
        return route(
                        RTM_NEWROUTE,
                        NLM_F_CREATE | NLM_F_REPLACE,
                        family,
                        0,
                        RT_SCOPE_LINK,
                        () -> "ip route replace default dev " + index + " scope link")
                .u32(RTA_OIF, index);
    }

    private static NetlinkRequest over(NetlinkRequest request, byte[] destination, int prefixLength) {
        return prefixLength > 0 ? request.bytes(RTA_DST, destination) : request;
    }

    static NetlinkRequest listLinks() {
        return link(RTM_GETLINK, NLM_F_DUMP, 0, new LinkSettings(), () -> "ip link show");
    }

    static NetlinkRequest listAddresses() {
        return new NetlinkRequest(RTM_GETADDR, NLM_F_DUMP, () -> "ip addr show")
                .putInt(0)
                .putInt(0);
    }

    static NetlinkRequest listRoutes(int family) {
        return route(RTM_GETROUTE, NLM_F_DUMP, family, 0, RT_SCOPE_UNIVERSE, () -> "ip route show table all");
    }

    private static NetlinkRequest link(
            int type, int flags, int index, LinkSettings settings, Supplier<String> description) {
        NetlinkRequest request = new NetlinkRequest(type, flags, description);
        settings.writeTo(request, index);
        return request;
    }

    private static NetlinkRequest route(
            int type, int flags, int family, int prefixLength, int scope, Supplier<String> description) {
        return new NetlinkRequest(type, flags, description)
                .putByte(family)
                .putByte(prefixLength)
                .putShort(0)
                .putByte(RT_TABLE_MAIN)
                .putByte(RTPROT_BOOT)
                .putByte(scope)
                .putByte(RTN_UNICAST)
                .putInt(0);
    }

    private static boolean isLinkLocal(byte[] address) {
        return address.length == 4
                ? (address[0] & 0xff) == 169 && (address[1] & 0xff) == 254
                : (address[0] & 0xff) == 0xfe && (address[1] & 0xc0) == 0x80;
    }

    private static int family(byte[] address) {
        return address.length == 4 ? SocketCalls.AF_INET : SocketCalls.AF_INET6;
    }

    private static byte[] broadcast(byte[] address, int prefixLength) {
        byte[] broadcast = address.clone();
        for (int bit = prefixLength; bit < 32; bit++) {
            broadcast[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return broadcast;
    }

    private static String show(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            return "address of " + address.length + " bytes";
        }
    }
}
