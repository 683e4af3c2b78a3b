package dev.jcompose.linux.netlink.nftables;

import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_MASK;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_OP;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_XOR;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CMP_DATA;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CMP_OP;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CMP_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CT_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CT_KEY;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CT_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_DATA_VALUE;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_EXPR_DATA;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_EXPR_NAME;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_EXTENSION_NAME;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_IMMEDIATE_DATA;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_LOOKUP_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_LOOKUP_FLAGS;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_LOOKUP_SET;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_LOOKUP_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_META_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_META_KEY;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_META_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_BASE;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_LEN;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_OFFSET;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_CMP_EQ;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_CMP_NEQ;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_CT_STATE;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_CT_STATUS;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_LOOKUP_F_INV;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_META_IIFNAME;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_META_L4PROTO;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_META_NFPROTO;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_META_OIFNAME;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_PAYLOAD_NETWORK_HEADER;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_PAYLOAD_TRANSPORT_HEADER;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_REG_VERDICT;

import dev.jcompose.linux.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;

/**
 * An expression of a rule that somebody else wrote, as far as it is needed to tell what the rule does with a packet.
 * Registers are given by the byte that they begin at, of 64.
 *
 * @see <a
 *     href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/netfilter/nf_tables.h">nf_tables.h</a>
 */
public sealed interface RuleStep {

    /** Something that the kernel knows of a packet beside its bytes. */
    enum Property {
        NFPROTO,
        L4PROTO,
        IIFNAME,
        OIFNAME,
        CT_STATE,
        CT_STATUS,
        OTHER
    }

    /** What a number of bytes at an offset is counted from. */
    enum Header {
        NETWORK,
        TRANSPORT,
        OTHER
    }

    /** Puts a property into a register: names have 16 bytes, sets of bits 4 in the order of the machine. */
    record Load(Property property, int register) implements RuleStep {}

    /** Puts bytes of the packet into a register. */
    record LoadBytes(Header header, int offset, int length, int register) implements RuleStep {}

    /** {@code target = source & mask ^ toggle}. */
    record Mask(int source, int target, ByteBuffer mask, ByteBuffer toggle) implements RuleStep {}

    /** Matches when the register begins with the value, or when it does not. */
    record Compare(int register, ByteBuffer value, boolean equal) implements RuleStep {}

    /** Ends the rule with a verdict; rejecting is dropping. */
    record Judge(Verdict verdict) implements RuleStep {}

    /** Lets every packet pass on to the next expression: a counter, a mark, a comment. */
    record Pass() implements RuleStep {}

    /**
     * Asks a set or a map for what is in a register. Matches when it is there; a verdict that a map has for it ends the
     * rule.
     *
     * @param set the name in the rule's table
     * @param inverted matches when it is not there
     * @param values whether the map has values, which go into a register
     */
    record Lookup(String set, int register, boolean inverted, boolean values) implements RuleStep {}

    /** An extension of iptables that asks for the state of the connection. */
    record ConnectionState() implements RuleStep {}

    /** Matches by how many packets there were, when, or at random: what it does with one cannot be told. */
    record Chance(String name) implements RuleStep {}

    /** May match or not: what it asks is not known here. */
    record Other(String name) implements RuleStep {}

    /** Those that match every packet. */
    Set<String> PASSING = Set.of("counter", "log", "notrack", "objref", "flow_offload", "dup");

    /** Those that count, or throw dice. */
    Set<String> CHANCES = Set.of("limit", "quota", "connlimit", "numgen", "last");

    /** Reads one, as the kernel lists it. */
    static RuleStep of(ByteBuffer element) {
        Map<Integer, ByteBuffer> parts = NetlinkMessage.attributes(element);
        ByteBuffer none = ByteBuffer.allocate(0);
        String name = NetlinkMessage.string(parts.getOrDefault(NFTA_EXPR_NAME, none));
        Map<Integer, ByteBuffer> data = NetlinkMessage.attributes(parts.getOrDefault(NFTA_EXPR_DATA, none));
        return switch (name) {
            case "meta" ->
                data.containsKey(NFTA_META_SREG)
                        ? new Pass()
                        : new Load(meta(number(data, NFTA_META_KEY)), register(data, NFTA_META_DREG));
            case "ct" ->
                data.containsKey(NFTA_CT_SREG)
                        ? new Pass()
                        : new Load(ct(number(data, NFTA_CT_KEY)), register(data, NFTA_CT_DREG));
            case "payload" ->
                data.containsKey(NFTA_PAYLOAD_SREG)
                        ? new Pass()
                        : new LoadBytes(
                                header(number(data, NFTA_PAYLOAD_BASE)),
                                number(data, NFTA_PAYLOAD_OFFSET),
                                number(data, NFTA_PAYLOAD_LEN),
                                register(data, NFTA_PAYLOAD_DREG));
            case "bitwise" ->
                number(data, NFTA_BITWISE_OP) == 0
                                && data.containsKey(NFTA_BITWISE_MASK)
                                && data.containsKey(NFTA_BITWISE_XOR)
                        ? new Mask(
                                register(data, NFTA_BITWISE_SREG),
                                register(data, NFTA_BITWISE_DREG),
                                value(data, NFTA_BITWISE_MASK),
                                value(data, NFTA_BITWISE_XOR))
                        : new Other(name);
            case "cmp" ->
                number(data, NFTA_CMP_OP) <= NFT_CMP_NEQ
                        ? new Compare(
                                register(data, NFTA_CMP_SREG),
                                value(data, NFTA_CMP_DATA),
                                number(data, NFTA_CMP_OP) == NFT_CMP_EQ)
                        : new Other(name);
            case "immediate" -> immediate(data);
            case "reject" -> new Judge(Verdict.DROP);
            case "target" -> extension(data).equals("REJECT") ? new Judge(Verdict.DROP) : new Pass();
            case "match" -> match(extension(data));
            case "lookup" -> lookup(data);
            default ->
                PASSING.contains(name) ? new Pass() : CHANCES.contains(name) ? new Chance(name) : new Other(name);
        };
    }

    private static RuleStep lookup(Map<Integer, ByteBuffer> data) {
        ByteBuffer set = data.get(NFTA_LOOKUP_SET);
        boolean map = data.containsKey(NFTA_LOOKUP_DREG);
        return new Lookup(
                set == null ? "" : NetlinkMessage.string(set),
                register(data, NFTA_LOOKUP_SREG),
                (number(data, NFTA_LOOKUP_FLAGS) & NFT_LOOKUP_F_INV) != 0,
                map && number(data, NFTA_LOOKUP_DREG) != NFT_REG_VERDICT);
    }

    /** An extension of iptables, by the word behind {@code -m}. */
    static RuleStep match(String extension) {
        return switch (extension) {
            case "comment" -> new Pass();
            case "conntrack", "state" -> new ConnectionState();
            case "limit", "hashlimit", "connlimit", "quota", "recent", "statistic", "time" ->
                new Chance("iptables -m " + extension);
            default -> new Other("iptables -m " + extension);
        };
    }

    private static RuleStep immediate(Map<Integer, ByteBuffer> data) {
        ByteBuffer value = data.get(NFTA_IMMEDIATE_DATA);
        Verdict verdict = value == null ? null : Verdict.of(value);
        return verdict == null ? new Pass() : new Judge(verdict);
    }

    private static Property meta(int key) {
        return switch (key) {
            case NFT_META_IIFNAME -> Property.IIFNAME;
            case NFT_META_OIFNAME -> Property.OIFNAME;
            case NFT_META_NFPROTO -> Property.NFPROTO;
            case NFT_META_L4PROTO -> Property.L4PROTO;
            default -> Property.OTHER;
        };
    }

    private static Property ct(int key) {
        return switch (key) {
            case NFT_CT_STATE -> Property.CT_STATE;
            case NFT_CT_STATUS -> Property.CT_STATUS;
            default -> Property.OTHER;
        };
    }

    private static Header header(int base) {
        return switch (base) {
            case NFT_PAYLOAD_NETWORK_HEADER -> Header.NETWORK;
            case NFT_PAYLOAD_TRANSPORT_HEADER -> Header.TRANSPORT;
            default -> Header.OTHER;
        };
    }

    /** The old registers, 1 to 4, have 16 bytes each; those from 8 on have 4, and are the same memory. */
    private static int register(Map<Integer, ByteBuffer> data, int attribute) {
        int number = number(data, attribute);
        return number < 8 ? Math.max(0, number - 1) * 16 : (number - 8) * 4;
    }

    private static int number(Map<Integer, ByteBuffer> data, int attribute) {
        ByteBuffer value = data.get(attribute);
        return value == null || value.capacity() < 4
                ? 0
                : value.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(0);
    }

    private static ByteBuffer value(Map<Integer, ByteBuffer> data, int attribute) {
        ByteBuffer nested = data.get(attribute);
        ByteBuffer value =
                nested == null ? null : NetlinkMessage.attributes(nested).get(NFTA_DATA_VALUE);
        return ByteBuffer.wrap(value == null ? new byte[0] : NetlinkMessage.bytes(value));
    }

    private static String extension(Map<Integer, ByteBuffer> data) {
        ByteBuffer name = data.get(NFTA_EXTENSION_NAME);
        return name == null ? "" : NetlinkMessage.string(name);
    }
}
