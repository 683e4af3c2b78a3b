package dev.jcompose.engine.network;

import dev.jcompose.model.Network;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.bridge.NetworkDriver;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.ipam.IpamPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a network of a Compose file to what the network module makes. */
final class NetworkSpecs {
    private NetworkSpecs() {}

    /**
     * The specification of a project's network. It has IPv6 when it says so, or names a subnet of it and says nothing.
     *
     * @param id unique on this host
     * @param labels of the network, those that jcompose gives among them
     * @throws IllegalArgumentException for a driver or an address that cannot be had, naming the place in the file
     */
    static NetworkSpec of(String id, String project, Network network, Map<String, String> labels) {
        try {
            String ipamDriver = network.ipam().driver();
            if (ipamDriver != null && !ipamDriver.isEmpty() && !ipamDriver.equals("default")) {
                throw new IllegalArgumentException("ipam driver \"" + ipamDriver + "\" is not supported; default is");
            }
            List<IpamPool> pools = pools(network);
            boolean ipv6 = network.enableIpv6() == null
                    ? pools.stream().anyMatch(pool -> pool.subnet().v6())
                    : network.enableIpv6();
            return new NetworkSpec(
                    id,
                    network.name(),
                    project,
                    NetworkDriver.parse(network.driver()),
                    network.internal(),
                    network.enableIpv4() == null || network.enableIpv4(),
                    ipv6,
                    pools,
                    network.driverOpts(),
                    labels);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("networks." + network.key() + ": " + e.getMessage(), e);
        }
    }

    private static List<IpamPool> pools(Network network) {
        List<IpamPool> pools = new ArrayList<>();
        for (dev.jcompose.model.IpamPool pool : network.ipam().config()) {
            String subnet = pool.subnet();
            if (subnet == null || subnet.isEmpty()) {
                if (pool.ipRange() != null
                        || pool.gateway() != null
                        || !pool.auxAddresses().isEmpty()) {
                    throw new IllegalArgumentException("an entry of ipam.config has no subnet");
                }
                continue;
            }
            Map<String, IpAddress> auxiliary = new LinkedHashMap<>();
            pool.auxAddresses().forEach((name, address) -> auxiliary.put(name, IpAddress.parse(address)));
            pools.add(new IpamPool(Subnet.parse(subnet), subnet(pool.ipRange()), address(pool.gateway()), auxiliary));
        }
        return pools;
    }

    private static @Nullable Subnet subnet(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Subnet.parse(text);
    }

    private static @Nullable IpAddress address(@Nullable String text) {
        return text == null || text.isEmpty() ? null : IpAddress.parse(text);
    }
}
