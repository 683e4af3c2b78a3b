package dev.jcompose.linux.netlink.nftables;

import static dev.jcompose.linux.netlink.nftables.NftMessages.nest;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.linux.netlink.NetlinkRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A rule: expressions from left to right, as nft(8) writes them. A packet goes on to the next expression as long as
 * they match. Values are loaded into registers of 4 bytes, numbered from 0 to 15; a longer value takes several in a
 * row.
 */
public final class Rule {
    /** {@code IPS_DST_NAT}: the connection's destination was translated. */
    public static final int CT_STATUS_DNAT = 0x20;
    /** {@code ct state established,related}. */
    public static final int CT_STATE_ESTABLISHED_RELATED = 2 | 4;

    private static final int FIRST_REGISTER = 8;
    private static final int NETWORK_HEADER = 1;
    private static final int TRANSPORT_HEADER = 2;
    private static final int META_IIFNAME = 6;
    private static final int META_OIFNAME = 7;
    private static final int META_L4PROTO = 16;
    private static final int CT_STATE = 0;
    private static final int CT_STATUS = 2;
    private static final int FIB_RESULT_ADDRTYPE = 3;
    private static final int FIB_F_SADDR = 1;
    private static final int FIB_F_DADDR = 2;
    private static final int RTN_LOCAL = 2;
    private static final int NAT_DNAT = 1;
    private static final int CMP_EQ = 0;
    private static final int CMP_NEQ = 1;

    private final List<Consumer<NetlinkRequest>> expressions = new ArrayList<>();
    private final String comment;

    /** @param comment what it is for; {@code nft list ruleset} shows it */
    public Rule(String comment) {
        this.comment = comment;
    }

    /** Loads {@code meta iifname}, 16 bytes. */
    public Rule iifname(int register) {
        return meta(META_IIFNAME, register);
    }

    /** Loads {@code meta oifname}, 16 bytes. */
    public Rule oifname(int register) {
        return meta(META_OIFNAME, register);
    }

    /** Loads {@code meta l4proto}. */
    public Rule l4proto(int register) {
        return meta(META_L4PROTO, register);
    }

    /** Loads the source address of the network header: 4 or 16 bytes. */
    public Rule saddr(Family family, int register) {
        return family == Family.IP
                ? payload(NETWORK_HEADER, 12, 4, register)
                : payload(NETWORK_HEADER, 8, 16, register);
    }

    /** Loads the destination address of the network header: 4 or 16 bytes. */
    public Rule daddr(Family family, int register) {
        return family == Family.IP
                ? payload(NETWORK_HEADER, 16, 4, register)
                : payload(NETWORK_HEADER, 24, 16, register);
    }

    /** Loads {@code th dport}; other protocols than TCP, UDP and the like have something else there. */
    public Rule dport(int register) {
        return payload(TRANSPORT_HEADER, 2, 2, register);
    }

    /** Matches when one of the bits of {@code ct state} is set. */
    public Rule ctState(int bits) {
        return ct(CT_STATE).anyBit(bits);
    }

    /** Matches when one of the bits of {@code ct status} is set. */
    public Rule ctStatus(int bits) {
        return ct(CT_STATUS).anyBit(bits);
    }

    /** {@code fib daddr type local}: the packet is for this host. */
    public Rule toThisHost() {
        return fib(FIB_F_DADDR).equal(0, host(RTN_LOCAL));
    }

    /** {@code fib saddr type != local}: the packet is not from this host. */
    public Rule notFromThisHost() {
        return fib(FIB_F_SADDR).notEqual(0, host(RTN_LOCAL));
    }

    /** Matches when the register holds {@code value}. */
    public Rule equal(int register, byte[] value) {
        return compare(register, CMP_EQ, value);
    }

    /** Matches when the register holds anything but {@code value}. */
    public Rule notEqual(int register, byte[] value) {
        return compare(register, CMP_NEQ, value);
    }

    /** Matches when the first bits of the value in the register are those of {@code network}. */
    public Rule inNetwork(int register, byte[] network, int prefixLength) {
        byte[] mask = new byte[network.length];
        byte[] masked = network.clone();
        for (int bit = 0; bit < prefixLength; bit++) {
            mask[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        for (int i = 0; i < mask.length; i++) {
            masked[i] &= mask[i];
        }
        return bitwise(register, mask).equal(register, masked);
    }

    /** Matches when the set has the value in the register. */
    public Rule in(String set, int register) {
        return expression("lookup", lookup -> lookup.string(1, set).be32(2, FIRST_REGISTER + register));
    }

    /** Loads what the map has for the value in a register; does not match when it has nothing. */
    public Rule map(String map, int register, int result) {
        return expression(
                "lookup",
                lookup ->
                        lookup.string(1, map).be32(2, FIRST_REGISTER + register).be32(3, FIRST_REGISTER + result));
    }

    /** Does what the verdict map has for the value in the register; goes on when it has nothing. */
    public Rule verdictMap(String map, int register) {
        return expression(
                "lookup",
                lookup ->
                        lookup.string(1, map).be32(2, FIRST_REGISTER + register).be32(3, 0));
    }

    /** Counts packets and bytes. */
    public Rule counter() {
        return expression("counter", counter -> {});
    }

    /** Ends with a verdict. */
    public Rule then(Verdict verdict) {
        return expression("immediate", immediate -> {
            immediate.be32(1, 0);
            NftMessages.verdict(immediate, 2, verdict);
        });
    }

    /** {@code dnat to}: address and port are in registers. */
    public Rule dnat(Family family, int addressRegister, int portRegister) {
        return expression(
                "nat",
                nat -> nat.be32(1, NAT_DNAT)
                        .be32(2, family.number())
                        .be32(3, FIRST_REGISTER + addressRegister)
                        .be32(5, FIRST_REGISTER + portRegister));
    }

    /** {@code masquerade}: the source becomes the address of the interface that the packet leaves by. */
    public Rule masquerade() {
        return expression("masq", masq -> {});
    }

    void writeTo(NetlinkRequest request) {
        nest(request, NftMessages.NFTA_RULE_EXPRESSIONS, list -> expressions.forEach(e -> e.accept(list)));
        byte[] text = (comment + "\0").getBytes(UTF_8);
        ByteBuffer userdata = ByteBuffer.allocate(text.length + 2);
        request.bytes(
                NftMessages.NFTA_RULE_USERDATA,
                userdata.put((byte) 0).put((byte) text.length).put(text).array());
    }

    @Override
    public String toString() {
        return comment;
    }

    private Rule meta(int key, int register) {
        return expression(
                "meta", meta -> meta.be32(1, FIRST_REGISTER + register).be32(2, key));
    }

    private Rule fib(int flags) {
        return expression(
                "fib",
                fib -> fib.be32(1, FIRST_REGISTER).be32(2, FIB_RESULT_ADDRTYPE).be32(3, flags));
    }

    private Rule ct(int key) {
        return expression("ct", ct -> ct.be32(1, FIRST_REGISTER).be32(2, key));
    }

    private Rule payload(int base, int offset, int length, int register) {
        return expression(
                "payload",
                payload -> payload.be32(1, FIRST_REGISTER + register)
                        .be32(2, base)
                        .be32(3, offset)
                        .be32(4, length));
    }

    private Rule anyBit(int bits) {
        return bitwise(0, host(bits)).notEqual(0, host(0));
    }

    private Rule bitwise(int register, byte[] mask) {
        return expression("bitwise", bitwise -> {
            bitwise.be32(1, FIRST_REGISTER + register)
                    .be32(2, FIRST_REGISTER + register)
                    .be32(3, mask.length);
            NftMessages.value(bitwise, 4, mask);
            NftMessages.value(bitwise, 5, new byte[mask.length]);
        });
    }

    private Rule compare(int register, int operator, byte[] value) {
        byte[] copy = value.clone();
        return expression("cmp", cmp -> {
            cmp.be32(1, FIRST_REGISTER + register).be32(2, operator);
            NftMessages.value(cmp, 3, copy);
        });
    }

    private Rule expression(String name, Consumer<NetlinkRequest> data) {
        expressions.add(list -> nest(list, NftMessages.NFTA_LIST_ELEM, element -> {
            element.string(NftMessages.NFTA_EXPR_NAME, name);
            nest(element, NftMessages.NFTA_EXPR_DATA, data);
        }));
        return this;
    }

    private static byte[] host(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }
}
