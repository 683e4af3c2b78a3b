package dev.jcompose.linux.netlink.nftables;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.netlink.NetlinkMessage;
import dev.jcompose.linux.netlink.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Hears of every change of nf_tables in the network namespace of the thread that opened it. Its descriptor is readable
 * when something has changed. Not thread-safe.
 */
public final class NfTablesWatch implements AutoCloseable {
    /** {@code NFNLGRP_NFTABLES}, as a bit of {@code nl_groups}. */
    private static final int GROUP = 1 << 6;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int NLMSGHDR_BYTES = 16;
    private static final int NFGENMSG_BYTES = 4;
    private static final Set<Integer> REMOVALS = Set.of(
            NftMessages.NFT_MSG_DELTABLE,
            NftMessages.NFT_MSG_DELCHAIN,
            NftMessages.NFT_MSG_DELRULE,
            NftMessages.NFT_MSG_DELSET,
            NftMessages.NFT_MSG_DELSETELEM);

    private final SocketCalls sockets;
    private final Fd socket;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private NfTablesWatch(SocketCalls sockets, Fd socket) {
        this.sockets = sockets;
        this.socket = socket;
    }

    /** Opens it for the calling thread's network namespace. */
    public static NfTablesWatch open(Linux linux) throws ErrnoException {
        SocketCalls sockets = linux.sockets();
        Fd socket = sockets.socket(
                SocketCalls.AF_NETLINK,
                SocketCalls.SOCK_RAW | SocketCalls.SOCK_NONBLOCK,
                NetlinkSocket.NETLINK_NETFILTER);
        try {
            sockets.bind(socket, SocketCalls.netlink(GROUP));
            return new NfTablesWatch(sockets, socket);
        } catch (ErrnoException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** To wait on. */
    public Fd fd() {
        return socket;
    }

    /**
     * Reads all that has been reported.
     *
     * @param table a table's name, of any family
     * @param ownPort {@link NfTables#portId} of the socket that changes the table rightfully
     * @return whether somebody else removed it or something of it, or so much changed that the kernel could not tell
     */
    public boolean removedByOthers(String table, int ownPort) throws ErrnoException {
        boolean removed = false;
        while (true) {
            buffer.clear();
            try {
                if (sockets.receive(socket, buffer, SocketCalls.MSG_DONTWAIT) == 0) {
                    return removed;
                }
            } catch (ErrnoException e) {
                if (e.is(Errno.EAGAIN)) {
                    return removed;
                }
                if (!e.is(Errno.ENOBUFS)) {
                    throw e;
                }
                removed = true;
                continue;
            }
            removed |= tells(buffer.flip(), table, ownPort);
        }
    }

    private static boolean tells(ByteBuffer received, String table, int ownPort) {
        byte[] copy = new byte[received.limit()];
        received.get(0, copy);
        ByteBuffer bytes = ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
        int position = 0;
        while (copy.length - position >= NLMSGHDR_BYTES + NFGENMSG_BYTES) {
            int length = bytes.getInt(position);
            if (length < NLMSGHDR_BYTES + NFGENMSG_BYTES || length > copy.length - position) {
                return false;
            }
            int type = bytes.getShort(position + 4) & 0xffff;
            boolean removal = type >> 8 == NftMessages.NFNL_SUBSYS_NFTABLES && REMOVALS.contains(type & 0xff);
            if (removal && bytes.getInt(position + 12) != ownPort && table.equals(table(bytes, position, length))) {
                return true;
            }
            position += (length + 3) & ~3;
        }
        return false;
    }

    /** In all these messages the first attribute is the table's name. */
    private static String table(ByteBuffer bytes, int position, int length) {
        int header = NLMSGHDR_BYTES + NFGENMSG_BYTES;
        ByteBuffer name = NetlinkMessage.attributes(bytes.slice(position + header, length - header))
                .get(NftMessages.NFTA_TABLE_NAME);
        return name == null ? "" : NetlinkMessage.string(name);
    }

    @Override
    public void close() {
        socket.close();
    }
}
