package dev.jcompose.linux.netlink.nftables;

import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_LEN;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_MASK;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_BITWISE_XOR;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CMP_DATA;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CMP_OP;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CMP_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CT_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_CT_KEY;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_EXPR_DATA;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_EXPR_NAME;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_FIB_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_FIB_FLAGS;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_FIB_F_DADDR;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_FIB_F_SADDR;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_FIB_RESULT;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_IMMEDIATE_DATA;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_IMMEDIATE_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_LIST_ELEM;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_LOOKUP_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_LOOKUP_SET;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_LOOKUP_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_META_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_META_KEY;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_NAT_FAMILY;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_NAT_REG_ADDR_MIN;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_NAT_REG_PROTO_MIN;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_NAT_TYPE;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_BASE;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_CSUM_OFFSET;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_CSUM_TYPE;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_DREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_LEN;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_OFFSET;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_PAYLOAD_SREG;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_RULE_EXPRESSIONS;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFTA_RULE_USERDATA;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_CMP_EQ;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_CMP_NEQ;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_CT_STATE;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_CT_STATUS;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_FIB_RESULT_ADDRTYPE;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_META_IIFNAME;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_META_L4PROTO;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_META_OIFNAME;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_NAT_DNAT;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_PAYLOAD_CSUM_INET;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_PAYLOAD_NETWORK_HEADER;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_PAYLOAD_TRANSPORT_HEADER;
import static dev.jcompose.linux.netlink.nftables.NftMessages.NFT_REG_VERDICT;
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
    private static final int UDP_CHECKSUM_AT = 6;
    private static final int TCP_CHECKSUM_AT = 16;
    private static final int RTN_LOCAL = 2;

    private final List<Consumer<NetlinkRequest>> expressions = new ArrayList<>();
    private final String comment;

    /** @param comment what it is for; {@code nft list ruleset} shows it */
    public Rule(String comment) {
        this.comment = comment;
    }

    /** Loads {@code meta iifname}, 16 bytes. */
    public Rule iifname(int register) {
        return meta(NFT_META_IIFNAME, register);
    }

    /** Loads {@code meta oifname}, 16 bytes. */
    public Rule oifname(int register) {
        return meta(NFT_META_OIFNAME, register);
    }

    /** Loads {@code meta l4proto}. */
    public Rule l4proto(int register) {
        return meta(NFT_META_L4PROTO, register);
    }

    /** Loads the source address of the network header: 4 or 16 bytes. */
    public Rule saddr(Family family, int register) {
        return family == Family.IP
                ? payload(NFT_PAYLOAD_NETWORK_HEADER, 12, 4, register)
                : payload(NFT_PAYLOAD_NETWORK_HEADER, 8, 16, register);
    }

    /** Loads the destination address of the network header: 4 or 16 bytes. */
    public Rule daddr(Family family, int register) {
        return family == Family.IP
                ? payload(NFT_PAYLOAD_NETWORK_HEADER, 16, 4, register)
                : payload(NFT_PAYLOAD_NETWORK_HEADER, 24, 16, register);
    }

    /** Loads {@code th dport}; other protocols than TCP, UDP and the like have something else there. */
    public Rule dport(int register) {
        return payload(NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, register);
    }

    /** Loads {@code th sport}, likewise. */
    public Rule sport(int register) {
        return payload(NFT_PAYLOAD_TRANSPORT_HEADER, 0, 2, register);
    }

    /** {@code udp dport set}: the packet goes on to this port, without a trace of it in a connection. */
    public Rule setUdpDport(int port) {
        return setPort(2, port, UDP_CHECKSUM_AT);
    }

    /** {@code udp sport set}. */
    public Rule setUdpSport(int port) {
        return setPort(0, port, UDP_CHECKSUM_AT);
    }

    /** {@code tcp dport set}. */
    public Rule setTcpDport(int port) {
        return setPort(2, port, TCP_CHECKSUM_AT);
    }

    /** {@code tcp sport set}. */
    public Rule setTcpSport(int port) {
        return setPort(0, port, TCP_CHECKSUM_AT);
    }

    /** Matches when one of the bits of {@code ct state} is set. */
    public Rule ctState(int bits) {
        return ct(NFT_CT_STATE).anyBit(bits);
    }

    /** Matches when one of the bits of {@code ct status} is set. */
    public Rule ctStatus(int bits) {
        return ct(NFT_CT_STATUS).anyBit(bits);
    }

    /** {@code fib daddr type local}: the packet is for this host. */
    public Rule toThisHost() {
        return fib(NFTA_FIB_F_DADDR).equal(0, host(RTN_LOCAL));
    }

    /** {@code fib saddr type != local}: the packet is not from this host. */
    public Rule notFromThisHost() {
        return fib(NFTA_FIB_F_SADDR).notEqual(0, host(RTN_LOCAL));
    }

    /** Matches when the register holds {@code value}. */
    public Rule equal(int register, byte[] value) {
        return compare(register, NFT_CMP_EQ, value);
    }

    /** Matches when the register holds anything but {@code value}. */
    public Rule notEqual(int register, byte[] value) {
        return compare(register, NFT_CMP_NEQ, value);
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
        return expression(
                "lookup",
                lookup -> lookup.string(NFTA_LOOKUP_SET, set).be32(NFTA_LOOKUP_SREG, FIRST_REGISTER + register));
    }

    /** Loads what the map has for the value in a register; does not match when it has nothing. */
    public Rule map(String map, int register, int result) {
        return expression(
                "lookup",
                lookup -> lookup.string(NFTA_LOOKUP_SET, map)
                        .be32(NFTA_LOOKUP_SREG, FIRST_REGISTER + register)
                        .be32(NFTA_LOOKUP_DREG, FIRST_REGISTER + result));
    }

    /** Does what the verdict map has for the value in the register; goes on when it has nothing. */
    public Rule verdictMap(String map, int register) {
        return expression(
                "lookup",
                lookup -> lookup.string(NFTA_LOOKUP_SET, map)
                        .be32(NFTA_LOOKUP_SREG, FIRST_REGISTER + register)
                        .be32(NFTA_LOOKUP_DREG, NFT_REG_VERDICT));
    }

    /** Counts packets and bytes. */
    public Rule counter() {
        return expression("counter", counter -> {});
    }

    /** Ends with a verdict. */
    public Rule then(Verdict verdict) {
        return expression("immediate", immediate -> {
            immediate.be32(NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
            NftMessages.verdict(immediate, NFTA_IMMEDIATE_DATA, verdict);
        });
    }

    /** {@code dnat to}: address and port are in registers. */
    public Rule dnat(Family family, int addressRegister, int portRegister) {
        return expression(
                "nat",
                nat -> nat.be32(NFTA_NAT_TYPE, NFT_NAT_DNAT)
                        .be32(NFTA_NAT_FAMILY, family.number())
                        .be32(NFTA_NAT_REG_ADDR_MIN, FIRST_REGISTER + addressRegister)
                        .be32(NFTA_NAT_REG_PROTO_MIN, FIRST_REGISTER + portRegister));
    }

    /** {@code masquerade}: the source becomes the address of the interface that the packet leaves by. */
    public Rule masquerade() {
        return expression("masq", masq -> {});
    }

    void writeTo(NetlinkRequest request) {
        nest(request, NFTA_RULE_EXPRESSIONS, list -> expressions.forEach(e -> e.accept(list)));
        byte[] text = (comment + "\0").getBytes(UTF_8);
        ByteBuffer userdata = ByteBuffer.allocate(text.length + 2);
        request.bytes(
                NFTA_RULE_USERDATA,
                userdata.put((byte) 0).put((byte) text.length).put(text).array());
    }

    @Override
    public String toString() {
        return comment;
    }

    private Rule meta(int key, int register) {
        return expression(
                "meta",
                meta -> meta.be32(NFTA_META_DREG, FIRST_REGISTER + register).be32(NFTA_META_KEY, key));
    }

    private Rule fib(int flags) {
        return expression(
                "fib",
                fib -> fib.be32(NFTA_FIB_DREG, FIRST_REGISTER)
                        .be32(NFTA_FIB_RESULT, NFT_FIB_RESULT_ADDRTYPE)
                        .be32(NFTA_FIB_FLAGS, flags));
    }

    private Rule ct(int key) {
        return expression("ct", ct -> ct.be32(NFTA_CT_DREG, FIRST_REGISTER).be32(NFTA_CT_KEY, key));
    }

    private Rule payload(int base, int offset, int length, int register) {
        return expression(
                "payload",
                payload -> payload.be32(NFTA_PAYLOAD_DREG, FIRST_REGISTER + register)
                        .be32(NFTA_PAYLOAD_BASE, base)
                        .be32(NFTA_PAYLOAD_OFFSET, offset)
                        .be32(NFTA_PAYLOAD_LEN, length));
    }

    private Rule setPort(int offset, int port, int checksumAt) {
        return expression("immediate", immediate -> {
                    immediate.be32(NFTA_IMMEDIATE_DREG, FIRST_REGISTER);
                    NftMessages.value(immediate, NFTA_IMMEDIATE_DATA, KeyType.port(port));
                })
                .expression(
                        "payload",
                        payload -> payload.be32(NFTA_PAYLOAD_SREG, FIRST_REGISTER)
                                .be32(NFTA_PAYLOAD_BASE, NFT_PAYLOAD_TRANSPORT_HEADER)
                                .be32(NFTA_PAYLOAD_OFFSET, offset)
                                .be32(NFTA_PAYLOAD_LEN, 2)
                                .be32(NFTA_PAYLOAD_CSUM_TYPE, NFT_PAYLOAD_CSUM_INET)
                                .be32(NFTA_PAYLOAD_CSUM_OFFSET, checksumAt));
    }

    private Rule anyBit(int bits) {
        return bitwise(0, host(bits)).notEqual(0, host(0));
    }

    private Rule bitwise(int register, byte[] mask) {
        return expression("bitwise", bitwise -> {
            bitwise.be32(NFTA_BITWISE_SREG, FIRST_REGISTER + register)
                    .be32(NFTA_BITWISE_DREG, FIRST_REGISTER + register)
                    .be32(NFTA_BITWISE_LEN, mask.length);
            NftMessages.value(bitwise, NFTA_BITWISE_MASK, mask);
            NftMessages.value(bitwise, NFTA_BITWISE_XOR, new byte[mask.length]);
        });
    }

    private Rule compare(int register, int operator, byte[] value) {
        byte[] copy = value.clone();
        return expression("cmp", cmp -> {
            cmp.be32(NFTA_CMP_SREG, FIRST_REGISTER + register).be32(NFTA_CMP_OP, operator);
            NftMessages.value(cmp, NFTA_CMP_DATA, copy);
        });
    }

    private Rule expression(String name, Consumer<NetlinkRequest> data) {
        expressions.add(list -> nest(list, NFTA_LIST_ELEM, element -> {
            element.string(NFTA_EXPR_NAME, name);
            nest(element, NFTA_EXPR_DATA, data);
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
