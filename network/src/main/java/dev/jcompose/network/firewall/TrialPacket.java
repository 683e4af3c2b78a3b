package dev.jcompose.network.firewall;

import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.linux.netlink.nftables.Hook;
import dev.jcompose.linux.netlink.nftables.Rule;
import dev.jcompose.linux.netlink.nftables.RuleStep;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A packet of a TCP connection as far as it is known before anybody sends it.
 *
 * @param hook where it is on its way
 * @param in the interface that it came by; null when that is not known
 * @param out the interface that it leaves by; null when that is not known
 * @param translated whether a published port led the connection to its destination
 * @param answer whether it is the answer to the first packet of the connection, and not that
 */
record TrialPacket(
        Hook hook,
        Family family,
        @Nullable String in,
        @Nullable String out,
        boolean translated,
        boolean answer) {
    private static final int NAME_BYTES = 16;
    private static final int TCP = 6;
    private static final int CT_STATE_NEW = 8;
    private static final int CT_STATE_ESTABLISHED = 2;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV6_NEXT_HEADER = 6;

    /** The first packet of a connection. */
    static TrialPacket first(Hook hook, Family family, @Nullable String in, @Nullable String out, boolean translated) {
        return new TrialPacket(hook, family, in, out, translated, false);
    }

    /** The packet that answers this one; on its way through a host it comes in where this went out. */
    TrialPacket answered() {
        return new TrialPacket(hook, family, out, in, translated, true);
    }

    /** A property, null when it is not known. */
    byte @Nullable [] value(RuleStep.Property property) {
        return switch (property) {
            case NFPROTO -> new byte[] {(byte) (family == Family.IP ? 2 : 10)};
            case L4PROTO -> new byte[] {TCP};
            case IIFNAME -> name(in);
            case OIFNAME -> name(out);
            case CT_STATE -> bits(answer ? CT_STATE_ESTABLISHED : CT_STATE_NEW);
            case CT_STATUS -> bits(translated ? Rule.CT_STATUS_DNAT : 0);
            case OTHER -> null;
        };
    }

    /** Bytes of a header, null when they are not known. */
    byte @Nullable [] bytes(RuleStep.Header header, int offset, int length) {
        int protocol = family == Family.IP ? IPV4_PROTOCOL : IPV6_NEXT_HEADER;
        return header == RuleStep.Header.NETWORK && offset == protocol && length == 1 ? new byte[] {TCP} : null;
    }

    private static byte @Nullable [] name(@Nullable String link) {
        return link == null ? null : Arrays.copyOf(link.getBytes(StandardCharsets.US_ASCII), NAME_BYTES);
    }

    private static byte[] bits(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }
}
