package dev.jcompose.linux.netlink;

import static dev.jcompose.linux.netlink.RtMessages.RTA_DST;
import static dev.jcompose.linux.netlink.RtMessages.RTA_GATEWAY;
import static dev.jcompose.linux.netlink.RtMessages.RTA_MULTIPATH;
import static dev.jcompose.linux.netlink.RtMessages.RTA_OIF;
import static dev.jcompose.linux.netlink.RtMessages.RTA_PRIORITY;
import static dev.jcompose.linux.netlink.RtMessages.RTA_TABLE;
import static dev.jcompose.linux.netlink.RtMessages.RTMSG_BYTES;

import dev.jcompose.linux.SocketCalls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route of any table, as {@code ip route show table all} prints it.
 *
 * @param destination the network's first address; with {@code prefixLength} 0 it is the default route
 * @param gateway the next hop, null when the destination is on the link
 * @param linkIndex the link to send on, of several next hops the first, 0 for none (a blackhole)
 * @param type {@code RTN_*}: 1 unicast, 2 local, 3 broadcast, ...
 * @param priority the metric; the lowest wins
 */
public record RouteInfo(
        InetAddress destination,
        int prefixLength,
        @Nullable InetAddress gateway,
        int linkIndex,
        int table,
        int type,
        int priority) {
    public static final int TYPE_UNICAST = 1;
    public static final int TYPE_LOCAL = 2;

    static RouteInfo of(NetlinkMessage message) throws UnknownHostException {
        ByteBuffer header = message.payload();
        Map<Integer, ByteBuffer> attributes = message.attributes(RTMSG_BYTES);
        ByteBuffer destination = attributes.get(RTA_DST);
        ByteBuffer gateway = attributes.get(RTA_GATEWAY);
        byte[] any = new byte[header.get(0) == SocketCalls.AF_INET ? 4 : 16];
        return new RouteInfo(
                InetAddress.getByAddress(destination == null ? any : NetlinkMessage.bytes(destination)),
                header.get(1) & 0xff,
                gateway == null ? null : InetAddress.getByAddress(NetlinkMessage.bytes(gateway)),
                number(attributes, RTA_OIF, firstOfSeveral(attributes)),
                number(attributes, RTA_TABLE, header.get(4) & 0xff),
                header.get(7) & 0xff,
                number(attributes, RTA_PRIORITY, 0));
    }

    /** Whether it is a default route. */
    public boolean isDefault() {
        return prefixLength == 0;
    }

    /** Of several next hops ({@code struct rtnexthop}) the link of the first. */
    private static int firstOfSeveral(Map<Integer, ByteBuffer> attributes) {
        ByteBuffer hops = attributes.get(RTA_MULTIPATH);
        return hops == null || hops.capacity() < 8 ? 0 : hops.getInt(4);
    }

    private static int number(Map<Integer, ByteBuffer> attributes, int type, int otherwise) {
        ByteBuffer value = attributes.get(type);
        return value == null ? otherwise : value.getInt(0);
    }
}
