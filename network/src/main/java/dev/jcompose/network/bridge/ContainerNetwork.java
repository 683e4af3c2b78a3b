package dev.jcompose.network.bridge;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.ipam.IpamPool;
import java.util.List;

/**
 * A network that exists. All values are JSON-able: a restarted engine gives them back to {@link Networks#restore}.
 *
 * @param link the name of the host's link that containers are tied to: the bridge, or the parent of macvlan and ipvlan
 * @param mtuBytes of the link and of all that is attached to it
 * @param pools its subnets, each with its gateway
 */
public record ContainerNetwork(NetworkSpec spec, String link, int mtuBytes, List<IpamPool> pools) {

    public ContainerNetwork {
        pools = List.copyOf(pools);
    }

    /** Whether its packets pass through the host, which filters them, and publishes its ports. */
    public boolean isFiltered() {
        return !spec.driver().hasParent();
    }

    /** The addresses at which the host itself is on the network: none with macvlan and ipvlan. */
    public List<IpAddress> hostAddresses() {
        return !isFiltered()
                ? List.of()
                : pools.stream()
                        .filter(pool ->
                                spec.options().hasHostAddress(pool.subnet().v6()))
                        .map(IpamPool::gatewayOrFirst)
                        .toList();
    }
}
