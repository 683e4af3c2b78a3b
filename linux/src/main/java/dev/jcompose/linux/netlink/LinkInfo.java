package dev.jcompose.linux.netlink;

import static dev.jcompose.linux.netlink.RtMessages.IFINFOMSG_BYTES;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_ADDRESS;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_IFALIAS;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_IFNAME;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_INFO_KIND;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_LINK;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_LINKINFO;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_MASTER;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_MTU;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;

/**
 * A link as {@code ip link show} prints it.
 *
 * @param index unique in its network namespace
 * @param up whether it was brought up; says nothing of a carrier
 * @param master index of the bridge that it is a port of, 0 for none
 * @param peer index of a veth's other end in that one's namespace; 0 for none
 * @param kind {@code bridge}, {@code veth}, ...; empty for hardware and loopback
 * @param alias a comment, empty for none
 * @param address the hardware address with colons, empty for none
 */
public record LinkInfo(
        int index, String name, boolean up, int mtu, int master, int peer, String kind, String alias, String address) {

    static LinkInfo of(NetlinkMessage message) {
        ByteBuffer header = message.payload();
        Map<Integer, ByteBuffer> attributes = message.attributes(IFINFOMSG_BYTES);
        ByteBuffer info = attributes.get(IFLA_LINKINFO);
        ByteBuffer kind = info == null ? null : NetlinkMessage.attributes(info).get(IFLA_INFO_KIND);
        ByteBuffer none = ByteBuffer.allocate(0);
        return new LinkInfo(
                header.getInt(4),
                NetlinkMessage.string(attributes.getOrDefault(IFLA_IFNAME, none)),
                (header.getInt(8) & RtMessages.IFF_UP) != 0,
                number(attributes, IFLA_MTU),
                number(attributes, IFLA_MASTER),
                number(attributes, IFLA_LINK),
                kind == null ? "" : NetlinkMessage.string(kind),
                NetlinkMessage.string(attributes.getOrDefault(IFLA_IFALIAS, none)),
                HexFormat.ofDelimiter(":")
                        .formatHex(NetlinkMessage.bytes(attributes.getOrDefault(IFLA_ADDRESS, none))));
    }

    private static int number(Map<Integer, ByteBuffer> attributes, int type) {
        ByteBuffer value = attributes.get(type);
        return value == null ? 0 : value.getInt(0);
    }
}
