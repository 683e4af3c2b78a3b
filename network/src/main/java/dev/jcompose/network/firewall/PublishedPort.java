package dev.jcompose.network.firewall;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A port of the host that leads to a container.
 *
 * @param containerId which container
 * @param containerName its name, for errors
 * @param hostIp the address of the host that it is published on; null for all of its IPv4 addresses, {@code ::} for all
 *     of its IPv6 addresses
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
        if (hostIp != null && hostIp.isAny() && !hostIp.v6()) {
            hostIp = null;
        }
    }

    /** Whether it is published for IPv6 clients. */
    public boolean hostV6() {
        return hostIp != null && hostIp.v6();
    }

    /** Whether it is published on all addresses of its family. */
    public boolean onAllAddresses() {
        return hostIp == null || hostIp.isAny();
    }

    /** Whether clients of one family are led to a container of the other, which no rule of a packet filter can do. */
    public boolean crossesFamilies() {
        return hostV6() != containerIp.v6();
    }

    /** Whether two cannot exist at once: the same port of the same protocol, on addresses that overlap. */
    public boolean conflictsWith(PublishedPort other) {
        return protocol == other.protocol
                && hostPort == other.hostPort
                && hostV6() == other.hostV6()
                && (onAllAddresses() || other.onAllAddresses() || Objects.equals(hostIp, other.hostIp));
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
