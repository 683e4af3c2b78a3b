package dev.jcompose.network.ipam;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Subnet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a network's {@code ipam.config}.
 *
 * @param subnet all addresses of the network
 * @param ipRange the part of it that containers get addresses from, null for all of it
 * @param gateway the host's address on it, null for the first one
 * @param auxAddresses addresses that something else has, by its name
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/06-networks.md#ipam">Compose spec, ipam</a>
 */
public record IpamPool(
        Subnet subnet, @Nullable Subnet ipRange, @Nullable IpAddress gateway, Map<String, IpAddress> auxAddresses) {

    public IpamPool {
        auxAddresses = Map.copyOf(auxAddresses);
        if (ipRange != null && !subnet.contains(ipRange)) {
            throw new IllegalArgumentException("ip_range %s is not in the subnet %s".formatted(ipRange, subnet));
        }
        if (gateway != null && !subnet.contains(gateway)) {
            throw new IllegalArgumentException("gateway %s is not in the subnet %s".formatted(gateway, subnet));
        }
        auxAddresses.forEach((name, address) -> {
            if (!subnet.contains(address)) {
                throw new IllegalArgumentException(
                        "aux address %s=%s is not in the subnet %s".formatted(name, address, subnet));
            }
        });
        if (!subnet.v6() && subnet.prefixLength() > 30) {
            throw new IllegalArgumentException("subnet %s has no room for containers".formatted(subnet));
        }
    }

    /** A pool of which only the subnet is known. */
    public static IpamPool of(Subnet subnet) {
        return new IpamPool(subnet, null, null, Map.of());
    }

    /** The gateway: the given one, or the first address of the subnet. */
    public IpAddress gatewayOrFirst() {
        return gateway == null ? subnet.address().plus(1) : gateway;
    }

    /**
     * Where the containers' default route leads: the gateway, unless {@code aux_addresses} have a
     * {@code DefaultGatewayIPv4} or {@code DefaultGatewayIPv6}.
     */
    public IpAddress routeTarget() {
        IpAddress other = auxAddresses.get(subnet.v6() ? "DefaultGatewayIPv6" : "DefaultGatewayIPv4");
        return other == null ? gatewayOrFirst() : other;
    }

    /** Where containers get addresses from. */
    public Subnet range() {
        return ipRange == null ? subnet : ipRange;
    }
}
