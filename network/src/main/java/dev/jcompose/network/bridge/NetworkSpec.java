package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.MacvlanMode;
import dev.jcompose.network.ipam.IpamPool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network as a Compose file asks for it.
 *
 * @param id unique on this host, for ever
 * @param name as {@code docker network ls} shows it: {@code web_default}
 * @param project the Compose project, empty for a network of none
 * @param internal nothing gets in or out
 * @param pools subnets to use, of each family as many as one likes; without any of an enabled family, one is picked
 * @param driverOpts {@code driver_opts} of the Compose file, see {@link DriverOptions}
 */
public record NetworkSpec(
        String id,
        String name,
        String project,
        NetworkDriver driver,
        boolean internal,
        boolean enableIpv4,
        boolean enableIpv6,
        List<IpamPool> pools,
        Map<String, String> driverOpts,
        Map<String, String> labels) {

    public NetworkSpec {
        pools = List.copyOf(pools);
        driverOpts = Map.copyOf(driverOpts);
        labels = Map.copyOf(labels);
        if (!enableIpv4 && !enableIpv6) {
            throw new IllegalArgumentException("network \"%s\" has neither IPv4 nor IPv6".formatted(name));
        }
        try {
            new DriverOptions(driverOpts).check();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("network \"%s\": %s".formatted(name, e.getMessage()), e);
        }
    }

    /** A network as Compose makes one by default: a bridge with IPv4, everything picked. */
    public static NetworkSpec of(String id, String name, String project) {
        return new NetworkSpec(
                id, name, project, NetworkDriver.BRIDGE, false, true, false, List.of(), Map.of(), Map.of());
    }

    /** The same with these subnets, and with the families that they are of. */
    public NetworkSpec withPools(IpamPool... pools) {
        List<IpamPool> all = List.of(pools);
        boolean v4 = all.stream().anyMatch(pool -> !pool.subnet().v6());
        boolean v6 = all.stream().anyMatch(pool -> pool.subnet().v6());
        return new NetworkSpec(id, name, project, driver, internal, v4, v6, all, driverOpts, labels);
    }

    /** The same with other families. */
    public NetworkSpec withFamilies(boolean ipv4, boolean ipv6) {
        return new NetworkSpec(id, name, project, driver, internal, ipv4, ipv6, pools, driverOpts, labels);
    }

    /** The same made in another way. */
    public NetworkSpec withDriver(NetworkDriver other, Map<String, String> options) {
        return new NetworkSpec(id, name, project, other, internal, enableIpv4, enableIpv6, pools, options, labels);
    }

    /** The same, and nothing gets in or out. */
    public NetworkSpec asInternal() {
        return new NetworkSpec(id, name, project, driver, true, enableIpv4, enableIpv6, pools, driverOpts, labels);
    }

    /** What {@link #driverOpts} say. */
    public DriverOptions options() {
        return new DriverOptions(driverOpts);
    }

    /** Whether its containers have the hardware address of their parent, and no other. */
    boolean sharesAddress() {
        return driver == NetworkDriver.IPVLAN
                || (driver == NetworkDriver.MACVLAN && options().macvlanMode() == MacvlanMode.PASSTHRU);
    }

    /** Largest packet in bytes, null for that of the host's uplink. */
    public @Nullable Integer mtuBytes() {
        return options().mtuBytes();
    }

    /** Whether packets leave with the host's address as their source. */
    public boolean masquerade() {
        return !internal && options().masquerade();
    }
}
