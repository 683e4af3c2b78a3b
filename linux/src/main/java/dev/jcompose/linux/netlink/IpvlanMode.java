package dev.jcompose.linux.netlink;

import java.util.Locale;

/**
 * Where ipvlan decides whose a packet is.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-link.8.html">ip-link(8)</a>
 */
public enum IpvlanMode {
    /** As a switch: broadcast reaches all. */
    L2(0),
    /** As a router: no broadcast, no neighbours. */
    L3(1),
    /** As a router, and the host filters connections. */
    L3S(2);

    private final int number;

    IpvlanMode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The word of ip(8). */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
