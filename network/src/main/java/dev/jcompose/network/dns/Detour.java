package dev.jcompose.network.dns;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.linux.netlink.nftables.Hook;
import dev.jcompose.linux.netlink.nftables.KeyType;
import dev.jcompose.linux.netlink.nftables.NfTables;
import dev.jcompose.linux.netlink.nftables.NftBatch;
import dev.jcompose.linux.netlink.nftables.Rule;

/**
 * Leads what a container asks 127.0.0.11:53 to other ports of that address, so that a name server in the container can
 * have port 53 of all addresses. Four rules in the container's namespace write the ports of packets anew; they know
 * nothing of connections, so connection tracking is not switched on for what else the container sends. Works on the
 * namespace of the calling thread.
 */
final class Detour {
    private static final String TABLE = "jcompose_dns";
    private static final String QUESTIONS = "questions";
    private static final String ANSWERS = "answers";
    private static final byte[] UDP = {17};
    private static final byte[] TCP = {6};
    private static final byte[] SERVER = {127, 0, 0, 11};
    private static final int PORT = 53;
    private static final int FIRST = 0;

    private Detour() {}

    /** Whether another engine has made one. */
    static boolean exists(Linux linux) {
        try (NfTables tables = NfTables.open(linux)) {
            return tables.hasTable(Family.IP, TABLE);
        } catch (ErrnoException e) {
            // Without nf_tables there was none to be made.
            return false;
        }
    }

    /** Makes it, in place of another. Firewalls in the container see the ports that it leads to, as with Docker. */
    static void make(Linux linux, int udpPort, int tcpPort) throws ErrnoException {
        NftBatch batch = new NftBatch(Family.IP, TABLE)
                .addTable()
                .deleteTable()
                .addTable()
                .addBaseChain(QUESTIONS, "filter", Hook.OUTPUT, Hook.PRIORITY_RAW)
                .addRule(QUESTIONS, question(UDP, "asked over udp").setUdpDport(udpPort))
                .addRule(QUESTIONS, question(TCP, "asked over tcp").setTcpDport(tcpPort))
                .addBaseChain(ANSWERS, "filter", Hook.POSTROUTING, Hook.PRIORITY_SRCNAT)
                .addRule(ANSWERS, answer(UDP, udpPort, "answered over udp").setUdpSport(PORT))
                .addRule(ANSWERS, answer(TCP, tcpPort, "answered over tcp").setTcpSport(PORT));
        try (NfTables tables = NfTables.open(linux)) {
            tables.commit(batch);
        }
    }

    private static Rule question(byte[] protocol, String comment) {
        return new Rule(comment)
                .daddr(Family.IP, FIRST)
                .equal(FIRST, SERVER)
                .l4proto(FIRST)
                .equal(FIRST, protocol)
                .dport(FIRST)
                .equal(FIRST, KeyType.port(PORT));
    }

    private static Rule answer(byte[] protocol, int port, String comment) {
        return new Rule(comment)
                .saddr(Family.IP, FIRST)
                .equal(FIRST, SERVER)
                .l4proto(FIRST)
                .equal(FIRST, protocol)
                .sport(FIRST)
                .equal(FIRST, KeyType.port(port));
    }
}
