package dev.jcompose.engine.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network to be made.
 *
 * @param driver empty for {@code bridge}
 * @param enableIpv4 null for the usual: on
 * @param enableIpv6 null for the usual: on when a pool is of IPv6
 * @param pools empty for one that is picked
 * @param options of the driver
 */
public record NetworkRequest(
        String name,
        String driver,
        boolean internal,
        boolean attachable,
        @Nullable Boolean enableIpv4,
        @Nullable Boolean enableIpv6,
        List<NetworkSummary.Pool> pools,
        Map<String, String> options,
        Map<String, String> labels) {
    public NetworkRequest {
        pools = List.copyOf(pools);
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
    }
}
