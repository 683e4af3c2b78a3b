package dev.jcompose.network.bridge;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * A container's interface on a network. All values are JSON-able: a restarted engine gives them back to
 * {@link Networks#restore}.
 *
 * @param hostInterface the host's end of the veth pair, a port of the bridge
 * @param interfaceName the container's end
 * @param addresses at most one of each family
 */
public record Attachment(
        String networkId,
        String networkName,
        String containerId,
        String containerName,
        String hostInterface,
        String interfaceName,
        MacAddress mac,
        List<AssignedAddress> addresses) {

    public Attachment {
        addresses = List.copyOf(addresses);
    }

    /** Its IPv4 address. */
    public Optional<IpAddress> ipv4() {
        return address(false);
    }

    /** Its IPv6 address. */
    public Optional<IpAddress> ipv6() {
        return address(true);
    }

    /** Whether this address is one of its own. */
    boolean has(IpAddress address) {
        return addresses.stream().map(AssignedAddress::address).anyMatch(address::equals);
    }

    /** The same with other addresses or gateways. */
    Attachment withAddresses(List<AssignedAddress> others) {
        return new Attachment(
                networkId, networkName, containerId, containerName, hostInterface, interfaceName, mac, others);
    }

    /** Whether a default route leads over it. */
    boolean isGateway() {
        return addresses.stream().anyMatch(assigned -> assigned.gateway() != null);
    }

    private Optional<IpAddress> address(boolean v6) {
        return addresses.stream()
                .map(AssignedAddress::address)
                .filter(address -> address.v6() == v6)
                .findFirst();
    }
}
