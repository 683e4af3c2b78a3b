package dev.jcompose.linux.netlink;

import java.util.Locale;

/**
 * Who may talk to whom over one parent with ipvlan.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-link.8.html">ip-link(8)</a>
 */
public enum IpvlanFlag {
    /** All with each other. */
    BRIDGE(0),
    /** Nobody with another. */
    PRIVATE(1),
    /** By way of a switch outside that sends packets back. */
    VEPA(2);

    private final int number;

    IpvlanFlag(int number) {
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
