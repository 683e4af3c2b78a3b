package dev.jcompose.engine.network;

import dev.jcompose.model.Network;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.ipam.IpamPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a network of a Compose file to what the network module makes. */
final class NetworkSpecs {
    private NetworkSpecs() {}

    /**
     * The specification of a project's network.
     *
     * @param id unique on this host
     * @throws IllegalArgumentException for a driver or an address that cannot be had
     */
    static NetworkSpec of(String id, String project, Network network) {
        String driver = network.driver();
        if (driver != null && !driver.equals("bridge") && !driver.equals("default")) {
            throw new IllegalArgumentException(
                    "networks." + network.key() + ": driver \"" + driver + "\" is not supported; bridge is");
        }
        return new NetworkSpec(
                id,
                network.name(),
                project,
                network.internal(),
                network.enableIpv4() == null || network.enableIpv4(),
                network.enableIpv6() != null && network.enableIpv6(),
                pools(network),
                null,
                null,
                network.driverOpts(),
                network.labels());
    }

    private static List<IpamPool> pools(Network network) {
        List<IpamPool> pools = new ArrayList<>();
        for (dev.jcompose.model.IpamPool pool : network.ipam().config()) {
            if (pool.subnet() == null) {
                continue;
            }
            Map<String, IpAddress> auxiliary = new LinkedHashMap<>();
            pool.auxAddresses().forEach((name, address) -> auxiliary.put(name, IpAddress.parse(address)));
            pools.add(new IpamPool(
                    Subnet.parse(Objects.requireNonNull(pool.subnet())),
                    subnet(pool.ipRange()),
                    address(pool.gateway()),
                    auxiliary));
        }
        return pools;
    }

    private static @Nullable Subnet subnet(@Nullable String text) {
        return text == null ? null : Subnet.parse(text);
    }

    private static @Nullable IpAddress address(@Nullable String text) {
        return text == null ? null : IpAddress.parse(text);
    }
}
