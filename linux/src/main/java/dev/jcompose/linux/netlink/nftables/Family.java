package dev.jcompose.linux.netlink.nftables;

import java.util.Locale;

/** The packets that a table sees. */
public enum Family {
    IP(2),
    IP6(10);

    private final int number;

    Family(int number) {
        this.number = number;
    }

    /** {@code NFPROTO_*}. */
    int number() {
        return number;
    }

    /** The word that nft(8) uses. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
