package dev.jcompose.linux.netlink.nftables;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where in a packet's way through the kernel a base chain is asked. */
public enum Hook {
    PREROUTING(0),
    INPUT(1),
    FORWARD(2),
    OUTPUT(3),
    POSTROUTING(4);

    /** Before connection tracking: sees addresses as they are on the wire. */
    public static final int PRIORITY_RAW = -300;
    /** Where destinations are translated. */
    public static final int PRIORITY_DSTNAT = -100;
    /** Where filters usually are. */
    public static final int PRIORITY_FILTER = 0;
    /** Where sources are translated. */
    public static final int PRIORITY_SRCNAT = 100;

    private final int number;

    Hook(int number) {
        this.number = number;
    }

    /** {@code NF_INET_*}. */
    public int number() {
        return number;
    }

    /** The hook with this number, null for one that is not listed here. */
    static @Nullable Hook of(int number) {
        return Stream.of(values())
                .filter(hook -> hook.number == number)
                .findFirst()
                .orElse(null);
    }
}
