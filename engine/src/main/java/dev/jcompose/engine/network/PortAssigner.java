package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.PortMapping;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.firewall.PublishedPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which port of the host leads to which port of a container. */
public final class PortAssigner {
    private final HostPorts hostPorts;

    /** {@code hostPorts} knows which ports are free. */
    public PortAssigner(HostPorts hostPorts) {
        this.hostPorts = hostPorts;
    }

    /** The host's ports, as they are now. */
    public interface HostPorts {

        /** A free port between {@code first} and {@code last}, both included; 0 and 0 for any. */
        int free(Protocol protocol, @Nullable IpAddress hostIp, int first, int last) throws IOException;
    }

    /**
     * The ports that a container publishes with these interfaces.
     *
     * @throws IOException when one of them is not free
     */
    List<PublishedPort> assign(Container container, List<Attachment> attachments) throws IOException {
        List<PublishedPort> published = new ArrayList<>();
        if (container.service().ports().isEmpty()) {
            return published;
        }
        IpAddress address = attachments.stream()
                .flatMap(attachment -> attachment.ipv4().stream())
                .findFirst()
                .orElseThrow(
                        () -> new IOException("container " + container + " has no IPv4 address to publish ports of"));
        for (PortMapping port : container.service().ports()) {
            Protocol protocol = Protocol.parse(port.protocol());
            IpAddress hostIp = port.hostIp() == null || port.hostIp().isEmpty() ? null : IpAddress.parse(port.hostIp());
            if (hostIp != null && hostIp.v6()) {
                throw new IOException("port " + port.target() + " of " + container + ": publishing on the IPv6 address "
                        + hostIp + " is not supported yet");
            }
            published.add(new PublishedPort(
                    container.config().id(),
                    container.config().name(),
                    protocol,
                    hostIp,
                    hostPort(port, protocol, hostIp),
                    address,
                    port.target()));
        }
        return published;
    }

    private int hostPort(PortMapping port, Protocol protocol, @Nullable IpAddress hostIp) throws IOException {
        PortRange range = PortRange.of(port);
        return range.isSingle() ? range.first() : hostPorts.free(protocol, hostIp, range.first(), range.last());
    }
}
