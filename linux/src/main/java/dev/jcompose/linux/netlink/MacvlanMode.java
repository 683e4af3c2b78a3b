package dev.jcompose.linux.netlink;

import java.util.Locale;

/**
 * Who may talk to whom over one parent with macvlan.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-link.8.html">ip-link(8)</a>
 */
public enum MacvlanMode {
    /** Nobody with another. */
    PRIVATE(1),
    /** By way of a switch outside that sends packets back. */
    VEPA(2),
    /** All with each other. */
    BRIDGE(4),
    /** One link alone, which gets all of the parent. */
    PASSTHRU(8);

    private final int number;

    MacvlanMode(int number) {
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
