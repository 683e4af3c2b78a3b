package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.LinkSettings;
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
 * @param pools subnets to use; empty for one that is picked, for each enabled family
 * @param mtuBytes largest packet, null for that of the host's uplink
 * @param bridgeName interface name, null for one that is picked
 * @param driverOpts {@code driver_opts} of the Compose file; of them count {@code com.docker.network.bridge.name},
 *     {@code com.docker.network.driver.mtu} and {@code com.docker.network.bridge.enable_ip_masquerade}
 */
public record NetworkSpec(
        String id,
        String name,
        String project,
        boolean internal,
        boolean enableIpv4,
        boolean enableIpv6,
        List<IpamPool> pools,
        @Nullable Integer mtuBytes,
        @Nullable String bridgeName,
        Map<String, String> driverOpts,
        Map<String, String> labels) {
    private static final int LEAST_MTU = 68;
    private static final int GREATEST_MTU = 65535;

    public NetworkSpec {
        pools = List.copyOf(pools);
        driverOpts = Map.copyOf(driverOpts);
        labels = Map.copyOf(labels);
        if (!enableIpv4 && !enableIpv6) {
            throw new IllegalArgumentException("network \"%s\" has neither IPv4 nor IPv6".formatted(name));
        }
        mtuBytes = mtuBytes == null ? mtuOption(name, driverOpts) : mtuBytes;
        if (mtuBytes != null && (mtuBytes < LEAST_MTU || mtuBytes > GREATEST_MTU)) {
            throw new IllegalArgumentException(
                    "mtu %d of network \"%s\" is not in %d..%d".formatted(mtuBytes, name, LEAST_MTU, GREATEST_MTU));
        }
        bridgeName = bridgeName == null ? driverOpts.get("com.docker.network.bridge.name") : bridgeName;
        if (bridgeName != null) {
            LinkSettings.requireName(bridgeName);
        }
    }

    /** A network as Compose makes one by default: IPv4, everything picked. */
    public static NetworkSpec of(String id, String name, String project) {
        return new NetworkSpec(id, name, project, false, true, false, List.of(), null, null, Map.of(), Map.of());
    }

    /** Whether packets leave with the host's address as their source. */
    public boolean masquerade() {
        return !internal && !"false".equals(driverOpts.get("com.docker.network.bridge.enable_ip_masquerade"));
    }

    private static @Nullable Integer mtuOption(String network, Map<String, String> driverOpts) {
        String mtu = driverOpts.get("com.docker.network.driver.mtu");
        if (mtu == null) {
            return null;
        }
        if (!mtu.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("mtu \"%s\" of network \"%s\" is not a number".formatted(mtu, network));
        }
        return Integer.valueOf(mtu);
    }
}
