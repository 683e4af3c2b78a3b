package dev.jcompose.network.firewall;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A port of the host that leads to a container.
 *
 * @param containerId which container
 * @param containerName its name, for errors
 * @param hostIp the address of the host that it is published on, null for all of them
 * @param hostPort 1 to 65535
 * @param containerIp the container's address on one of its networks
 * @param containerPort 1 to 65535
 */
public record PublishedPort(
        String containerId,
        String containerName,
        Protocol protocol,
        @Nullable IpAddress hostIp,
        int hostPort,
        IpAddress containerIp,
        int containerPort) {

    public PublishedPort {
        requirePort("host", hostPort);
        requirePort("container", containerPort);
        if (hostIp != null && hostIp.isAny()) {
            hostIp = null;
        }
        if (hostIp != null && hostIp.v6() != containerIp.v6()) {
            throw new IllegalArgumentException(
                    "host address %s and container address %s are of two families".formatted(hostIp, containerIp));
        }
    }

    /** Whether two cannot exist at once: the same port of the same protocol, on addresses that overlap. */
    public boolean conflictsWith(PublishedPort other) {
        return protocol == other.protocol
                && hostPort == other.hostPort
                && containerIp.v6() == other.containerIp.v6()
                && (hostIp == null || other.hostIp == null || hostIp.equals(other.hostIp));
    }

    /** As Compose prints it: {@code 127.0.0.1:8080->80/tcp}. */
    @Override
    public String toString() {
        String host = hostIp == null ? "" : (hostIp.v6() ? "[" + hostIp + "]" : hostIp) + ":";
        return host + hostPort + "->" + containerPort + "/" + protocol;
    }

    private static void requirePort(String side, int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("%s port %d is not in 1..65535".formatted(side, port));
        }
    }
}
