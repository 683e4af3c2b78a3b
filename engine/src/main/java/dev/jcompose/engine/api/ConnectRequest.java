package dev.jcompose.engine.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container is to be on a network.
 *
 * @param container its name, its id, or the beginning of an id that only one has
 * @param aliases further names on that network
 * @param ipv4 the address that it must have, null for any
 * @param ipv6 likewise
 * @param linkLocal further addresses, of 169.254.0.0/16 and fe80::/64
 * @param mac the hardware address, null for any
 * @param options of the endpoint, by Docker's names
 * @param gatewayPriority over the network with the highest one leads the way to everywhere else, at once
 */
public record ConnectRequest(
        String container,
        List<String> aliases,
        @Nullable String ipv4,
        @Nullable String ipv6,
        List<String> linkLocal,
        @Nullable String mac,
        Map<String, String> options,
        int gatewayPriority) {
    public ConnectRequest {
        aliases = List.copyOf(aliases);
        linkLocal = List.copyOf(linkLocal);
        options = Map.copyOf(options);
    }

    /** Nothing special about it. */
    public static ConnectRequest of(String container) {
        return new ConnectRequest(container, List.of(), null, null, List.of(), null, Map.of(), 0);
    }
}
