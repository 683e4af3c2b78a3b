package dev.jcompose.network.ports;

/**
 * A port of the host that is held for a container.
 *
 * @param port which one, also where the request left the choice
 * @param ipv4 whether it is held for IPv4 clients
 * @param ipv6 whether it is held for IPv6 clients
 */
public record ReservedPort(PortRequest request, int port, boolean ipv4, boolean ipv6) {}
