package dev.jcompose.network.bridge;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a network is made in the kernel. */
public enum NetworkDriver {
    /** A bridge of its own, with the host as the router to everywhere else. */
    BRIDGE,
    /** Links over a link of the host, each with a hardware address of its own in that link's network. */
    MACVLAN,
    /** Links over a link of the host that share its hardware address. */
    IPVLAN;

    /**
     * Reads the word of a Compose file; null, empty and {@code default} stand for bridge.
     *
     * @throws IllegalArgumentException if there is no such driver
     */
    public static NetworkDriver parse(@Nullable String word) {
        if (word == null || word.isEmpty() || word.equals("default")) {
            return BRIDGE;
        }
        return Arrays.stream(values())
                .filter(driver -> driver.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "network driver \"%s\" is none of bridge, macvlan, ipvlan".formatted(word)));
    }

    /** Whether its links are over a link of the host, {@code driver_opts.parent}. */
    public boolean hasParent() {
        return this != BRIDGE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
