package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which unused networks go.
 *
 * @param labels each {@code NAME} or {@code NAME=VALUE}; a network must have all of them
 * @param until only networks that were made before; null for no limit
 */
public record PruneNetworksRequest(
        List<String> labels, @Nullable Instant until) {
    public PruneNetworksRequest {
        labels = List.copyOf(labels);
    }

    /** Whether a network is meant, if nothing uses it. */
    public boolean accepts(NetworkSummary network) {
        return !network.isPredefined()
                && (until == null || network.createdAt().isBefore(until))
                && labels.stream().allMatch(network::hasLabel);
    }
}
