package dev.jcompose.linux.netlink.nftables;

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

    /** Goes on in another chain, and comes back at its end. */
    public static Verdict jump(String chain) {
        return new Verdict(-3, chain);
    }

    /** Goes on in another chain, and does not come back. */
    public static Verdict goTo(String chain) {
        return new Verdict(-4, chain);
    }
}
