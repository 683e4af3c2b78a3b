package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a service is attached to a network. Everything is optional.
 *
 * @param aliases further names of the service on this network
 * @param ipv4Address fixed address
 * @param ipv6Address fixed address
 * @param linkLocalIps link-local addresses
 * @param macAddress MAC address of the endpoint
 * @param driverOpts options of the endpoint
 * @param interfaceName name of the interface in the container
 * @param priority higher ones are attached first; default 0
 * @param gwPriority the highest one has the default route; default 0
 */
public record ServiceNetwork(
        List<String> aliases,
        @Nullable String ipv4Address,
        @Nullable String ipv6Address,
        List<String> linkLocalIps,
        @Nullable String macAddress,
        Map<String, String> driverOpts,
        @Nullable String interfaceName,
        int priority,
        int gwPriority) {

    public ServiceNetwork {
        aliases = Immutable.list(aliases);
        linkLocalIps = Immutable.list(linkLocalIps);
        driverOpts = Immutable.map(driverOpts);
    }

    /** Attached with nothing configured: what a null value means. */
    public static final ServiceNetwork DEFAULT =
            new ServiceNetwork(List.of(), null, null, List.of(), null, Map.of(), null, 0, 0);
}
