package dev.jcompose.linux.netlink.nftables;

import dev.jcompose.linux.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a packet next.
 *
 * @param code {@code NF_*} or {@code NFT_*}
 * @param chain where a jump or a goto leads, else empty
 */
public record Verdict(int code, String chain) {
    /** The packet passes this base chain; later ones are still asked. */
    public static final Verdict ACCEPT = new Verdict(1, "");
    /** The packet is gone. */
    public static final Verdict DROP = new Verdict(0, "");
    /** Back to the rule after the jump; at the end of a base chain its policy. */
    public static final Verdict RETURN = new Verdict(-5, "");

    /** Reads the {@code nft_data} attribute of somebody else's rule or element; null when it holds a value. */
    static @Nullable Verdict of(ByteBuffer data) {
        ByteBuffer verdict = NetlinkMessage.attributes(data).get(NftMessages.NFTA_DATA_VERDICT);
        if (verdict == null) {
            return null;
        }
        Map<Integer, ByteBuffer> parts = NetlinkMessage.attributes(verdict);
        ByteBuffer code = parts.get(NftMessages.NFTA_VERDICT_CODE);
        ByteBuffer chain = parts.get(NftMessages.NFTA_VERDICT_CHAIN);
        return new Verdict(
                code == null ? 0 : code.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(0),
                chain == null ? "" : NetlinkMessage.string(chain));
    }

    /** Goes on in another chain, and comes back at its end. */
    public static Verdict jump(String chain) {
        return new Verdict(-3, chain);
    }

    /** Goes on in another chain, and does not come back. */
    public static Verdict goTo(String chain) {
        return new Verdict(-4, chain);
    }
}
