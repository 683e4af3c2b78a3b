package dev.jcompose.linux.netlink.nftables;

import static dev.jcompose.linux.netlink.NetlinkRequest.NLA_F_NESTED;
import static dev.jcompose.linux.netlink.NetlinkRequest.NLM_F_DUMP;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.netlink.NetlinkMessage;
import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's table of connections. Translations are decided by a connection's first packet and kept for as long as
 * packets come; a UDP client that never stops sending would go on to a container that is gone.
 *
 * @see <a
 *     href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/netfilter/nfnetlink_conntrack.h">nfnetlink_conntrack.h</a>
 */
final class Conntrack {
    private static final int NFNL_SUBSYS_CTNETLINK = 1;
    private static final int IPCTNL_MSG_CT_GET = 1;
    private static final int IPCTNL_MSG_CT_DELETE = 2;
    private static final int NFGENMSG_BYTES = 4;
    private static final int CTA_TUPLE_ORIG = 1;
    private static final int CTA_TUPLE_PROTO = 2;
    private static final int CTA_PROTO_NUM = 1;
    private static final int CTA_PROTO_DST_PORT = 3;
    private static final int IPPROTO_UDP = 17;
    private static final int AF_UNSPEC = 0;

    private final NetlinkSocket socket;

    Conntrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Forgets the UDP connections to these ports; the next packet of each begins a new one. */
    void forgetUdp(Set<Integer> destinationPorts) throws ErrnoException {
        for (NetlinkMessage entry : socket.dump(message(IPCTNL_MSG_CT_GET, NLM_F_DUMP, AF_UNSPEC, "conntrack -L"))) {
            ByteBuffer original = entry.attributes(NFGENMSG_BYTES).get(CTA_TUPLE_ORIG);
            if (original != null && destinationPorts.contains(udpPort(original))) {
                forget(entry.payload().get(0), NetlinkMessage.bytes(original));
            }
        }
    }

    private void forget(int family, byte[] tuple) throws ErrnoException {
        try {
            socket.exchange(message(IPCTNL_MSG_CT_DELETE, 0, family, "conntrack -D")
                    .bytes(CTA_TUPLE_ORIG | NLA_F_NESTED, tuple));
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private static @Nullable Integer udpPort(ByteBuffer tuple) {
        ByteBuffer protocol = NetlinkMessage.attributes(tuple).get(CTA_TUPLE_PROTO);
        if (protocol == null) {
            return null;
        }
        Map<Integer, ByteBuffer> attributes = NetlinkMessage.attributes(protocol);
        ByteBuffer number = attributes.get(CTA_PROTO_NUM);
        ByteBuffer port = attributes.get(CTA_PROTO_DST_PORT);
        return number == null || port == null || number.get(0) != IPPROTO_UDP
                ? null
                : port.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(0) & 0xffff;
    }

    private static NetlinkRequest message(int message, int flags, int family, String call) {
        return new NetlinkRequest(NFNL_SUBSYS_CTNETLINK << 8 | message, flags, () -> call)
                .putByte(family)
                .putByte(0)
                .putShort(0);
    }
}
