package dev.jcompose.linux.netlink.nftables;

import static dev.jcompose.linux.netlink.NetlinkRequest.NLM_F_DUMP;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.NetlinkMessage;
import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.NetlinkSocket;
import java.util.List;
import java.util.Set;

/**
 * nf_tables of the network namespace of the thread that opened it. Needs {@code CAP_NET_ADMIN}. Thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/nft.8.html">nft(8)</a>
 */
public final class NfTables implements AutoCloseable {
    private final NetlinkSocket socket;

    private NfTables(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens it for the calling thread's network namespace; {@code EPROTONOSUPPORT} where the kernel has no netfilter.
     */
    public static NfTables open(Linux linux) throws ErrnoException {
        return new NfTables(NetlinkSocket.open(linux, NetlinkSocket.NETLINK_NETFILTER));
    }

    /**
     * Makes the changes of the batch, all or none. An empty batch does nothing.
     *
     * @throws ErrnoException the first error, naming the command; nothing was changed then
     */
    public void commit(NftBatch batch) throws ErrnoException {
        if (batch.isEmpty()) {
            return;
        }
        List<NetlinkRequest> requests = batch.requests();
        // Kernels before 6.10 do not acknowledge the end mark.
        socket.exchange(requests, requests.size() - 2);
    }

    /** Whether there is such a table. */
    public boolean hasTable(Family family, String table) throws ErrnoException {
        NetlinkRequest request = NftMessages.message(
                        NftMessages.NFT_MSG_GETTABLE,
                        0,
                        family.number(),
                        () -> "nft list table " + family + " " + table)
                .string(NftMessages.NFTA_TABLE_NAME, table);
        try {
            socket.exchange(request);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    /** The chains of all tables and families. */
    public List<ChainInfo> chains() throws ErrnoException {
        List<NetlinkMessage> answers =
                socket.dump(NftMessages.message(NftMessages.NFT_MSG_GETCHAIN, NLM_F_DUMP, 0, () -> "nft list chains"));
        return answers.stream().map(ChainInfo::of).toList();
    }

    /**
     * The rules of a table, in the order in which each chain has them; also what iptables-nft wrote.
     *
     * @param chain any of the table
     */
    public List<RuleInfo> rules(ChainInfo chain) throws ErrnoException {
        NetlinkRequest request = NftMessages.message(
                        NftMessages.NFT_MSG_GETRULE,
                        NLM_F_DUMP,
                        chain.familyNumber(),
                        () -> "nft list table " + chain.family() + " " + chain.table())
                .string(NftMessages.NFTA_RULE_TABLE, chain.table());
        return socket.dump(request).stream().map(RuleInfo::of).toList();
    }

    /**
     * The elements of a set or a map; none when there is no such set.
     *
     * @param chain any of the set's table
     */
    public SetContent elements(ChainInfo chain, String set) throws ErrnoException {
        NetlinkRequest request = NftMessages.message(
                        NftMessages.NFT_MSG_GETSETELEM,
                        NLM_F_DUMP,
                        chain.familyNumber(),
                        () -> "nft list set " + chain.family() + " " + chain.table() + " " + set)
                .string(NftMessages.NFTA_SET_ELEM_LIST_TABLE, chain.table())
                .string(NftMessages.NFTA_SET_ELEM_LIST_SET, set);
        try {
            return SetContent.of(socket.dump(request));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return SetContent.of(List.of());
            }
            throw e;
        }
    }

    /**
     * The number by which the kernel knows this socket: changes that it reports with another one are not ours. 0 before
     * the first exchange.
     */
    public int portId() throws ErrnoException {
        return socket.portId();
    }

    /**
     * Forgets the UDP connections to these ports, of both families, so that the next packet of each is translated by
     * the rules as they are now. Looks at all connections of the namespace.
     *
     * @throws ErrnoException {@code EINVAL} where the kernel cannot list connections
     */
    public void forgetUdpConnections(Set<Integer> destinationPorts) throws ErrnoException {
        new Conntrack(socket).forgetUdp(destinationPorts);
    }

    @Override
    public void close() {
        socket.close();
    }
}
