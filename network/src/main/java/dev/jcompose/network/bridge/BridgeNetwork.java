package dev.jcompose.network.bridge;

import dev.jcompose.network.ipam.IpamPool;
import java.util.List;

/**
 * A network that exists. All values are JSON-able: a restarted engine gives them back to {@link Networks#restore}.
 *
 * @param bridge the interface's name
 * @param mtuBytes of the bridge and of all that is attached to it
 * @param pools its subnets, at most one of each family, each with its gateway
 */
public record BridgeNetwork(NetworkSpec spec, String bridge, int mtuBytes, List<IpamPool> pools) {

    public BridgeNetwork {
        pools = List.copyOf(pools);
    }
}
