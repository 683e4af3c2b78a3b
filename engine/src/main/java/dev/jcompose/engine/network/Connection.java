package dev.jcompose.engine.network;

import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.firewall.PublishedPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running container's place in the networks.
 *
 * @param attachments its interfaces
 * @param ports that it publishes
 * @param dns answers its queries; null when it shares somebody's network, or has none
 */
public record Connection(
        List<Attachment> attachments,
        List<PublishedPort> ports,
        @Nullable DnsEndpoint dns) {
    public Connection {
        attachments = List.copyOf(attachments);
        ports = List.copyOf(ports);
    }
}
