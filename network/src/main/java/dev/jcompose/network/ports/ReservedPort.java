package dev.jcompose.network.ports;

/**
 * A port of the host that is held for a container.
 *
 * @param port which one, also where the request left the choice
 */
public record ReservedPort(PortRequest request, int port) {}
