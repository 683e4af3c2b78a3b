package dev.jcompose.linux.netlink.nftables;

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
     * Asks a set or a map for what is in a register.
     *
     * @param verdict whether the map has verdicts
     */
    record Lookup(int register, boolean verdict) implements RuleStep {}

    /** An extension of iptables that asks for the state of the connection. */
    record ConnectionState() implements RuleStep {}

    /** May match or not: a rate, another extension of iptables. */
    record Other(String name) implements RuleStep {}

    /** Those that match every packet. */
    Set<String> PASSING = Set.of("counter", "log", "notrack", "objref", "flow_offload", "dup");

    /** Reads one, as the kernel lists it. */
    static RuleStep of(ByteBuffer element) {
        Map<Integer, ByteBuffer> parts = NetlinkMessage.attributes(element);
        ByteBuffer none = ByteBuffer.allocate(0);
        String name = NetlinkMessage.string(parts.getOrDefault(NftMessages.NFTA_EXPR_NAME, none));
        Map<Integer, ByteBuffer> data = NetlinkMessage.attributes(parts.getOrDefault(NftMessages.NFTA_EXPR_DATA, none));
        return switch (name) {
            case "meta" -> data.containsKey(3) ? new Pass() : new Load(meta(number(data, 2)), register(data, 1));
            case "ct" -> data.containsKey(4) ? new Pass() : new Load(ct(number(data, 2)), register(data, 1));
            case "payload" ->
                data.containsKey(5)
                        ? new Pass()
                        : new LoadBytes(header(number(data, 2)), number(data, 3), number(data, 4), register(data, 1));
            case "bitwise" ->
                number(data, 6) == 0 && data.containsKey(4) && data.containsKey(5)
                        ? new Mask(register(data, 1), register(data, 2), value(data, 4), value(data, 5))
                        : new Other(name);
            case "cmp" ->
                number(data, 2) <= 1
                        ? new Compare(register(data, 1), value(data, 3), number(data, 2) == 0)
                        : new Other(name);
            case "immediate" -> immediate(data);
            case "reject" -> new Judge(Verdict.DROP);
            case "target" -> extension(data).equals("REJECT") ? new Judge(Verdict.DROP) : new Pass();
            case "match" -> match(extension(data));
            case "lookup" -> new Lookup(register(data, 2), data.containsKey(3) && number(data, 3) == 0);
            default -> PASSING.contains(name) ? new Pass() : new Other(name);
        };
    }

    /** An extension of iptables, by the word behind {@code -m}. */
    static RuleStep match(String extension) {
        return switch (extension) {
            case "comment" -> new Pass();
            case "conntrack", "state" -> new ConnectionState();
            default -> new Other("iptables -m " + extension);
        };
    }

    private static RuleStep immediate(Map<Integer, ByteBuffer> data) {
        ByteBuffer value = data.get(2);
        ByteBuffer verdict =
                value == null ? null : NetlinkMessage.attributes(value).get(NftMessages.NFTA_DATA_VERDICT);
        if (verdict == null) {
            return new Pass();
        }
        Map<Integer, ByteBuffer> parts = NetlinkMessage.attributes(verdict);
        ByteBuffer chain = parts.get(NftMessages.NFTA_VERDICT_CHAIN);
        return new Judge(new Verdict(
                number(parts, NftMessages.NFTA_VERDICT_CODE), chain == null ? "" : NetlinkMessage.string(chain)));
    }

    private static Property meta(int key) {
        return switch (key) {
            case 6 -> Property.IIFNAME;
            case 7 -> Property.OIFNAME;
            case 15 -> Property.NFPROTO;
            case 16 -> Property.L4PROTO;
            default -> Property.OTHER;
        };
    }

    private static Property ct(int key) {
        return switch (key) {
            case 0 -> Property.CT_STATE;
            case 2 -> Property.CT_STATUS;
            default -> Property.OTHER;
        };
    }

    private static Header header(int base) {
        return switch (base) {
            case 1 -> Header.NETWORK;
            case 2 -> Header.TRANSPORT;
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
                nested == null ? null : NetlinkMessage.attributes(nested).get(NftMessages.NFTA_DATA_VALUE);
        return ByteBuffer.wrap(value == null ? new byte[0] : NetlinkMessage.bytes(value));
    }

    private static String extension(Map<Integer, ByteBuffer> data) {
        ByteBuffer name = data.get(1);
        return name == null ? "" : NetlinkMessage.string(name);
    }
}
