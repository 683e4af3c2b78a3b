package dev.jcompose.network.ports;

import dev.jcompose.network.IpAddress;

/**
 * A port of the host that is held for a container.
 *
 * @param port which one, also where the request left the choice
 * @param ipv4 whether it is held for IPv4 clients
 * @param ipv6 whether it is held for IPv6 clients
 */
public record ReservedPort(PortRequest request, int port, boolean ipv4, boolean ipv6) {

    /** Whether a socket of this reservation keeps others from binding the port at that address. */
    boolean holds(IpAddress address) {
        IpAddress hostIp = request.hostIp();
        boolean all = hostIp == null || hostIp.isAny() || address.isAny();
        return (address.v6() ? ipv6 : ipv4) && (all || address.equals(hostIp));
    }
}
