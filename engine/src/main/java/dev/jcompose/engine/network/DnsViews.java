package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.Dns;
import dev.jcompose.model.Service;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.bridge.AssignedAddress;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.dns.DnsView;
import dev.jcompose.network.dns.ResolvConf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a container's DNS answers to it alone. */
final class DnsViews {
    private static final int DNS_PORT = 53;

    private DnsViews() {}

    /** The view of a container with these interfaces; {@code internal} knows the networks without a way out. */
    static DnsView of(Container container, List<Attachment> attachments, Predicate<String> internal) {
        Dns dns = container.service().dns();
        List<String> networks =
                attachments.stream().map(Attachment::networkName).toList();
        List<InetAddress> gateways = attachments.stream()
                .flatMap(attachment -> attachment.addresses().stream())
                .map(AssignedAddress::gateway)
                .filter(Objects::nonNull)
                .map(IpAddress::toInetAddress)
                .toList();
        Map<String, List<InetAddress>> extra = new HashMap<>();
        if (!gateways.isEmpty()) {
            HostNames.ALL.forEach(name -> extra.put(name, gateways));
        }
        List<InetSocketAddress> servers = dns.servers().stream()
                .flatMap(server -> server(server, attachments))
                .map(server -> new InetSocketAddress(server.toInetAddress(), DNS_PORT))
                .toList();
        return DnsView.of(networks)
                .withLinks(links(container.service()))
                .withExtraNames(extra)
                .withForwarding(
                        !networks.stream().allMatch(internal),
                        ResolvConf.forwardsSingleLabels(dns.search(), dns.options()))
                .withServers(servers);
    }

    /**
     * Where questions for a server of the service's go, which leave from the host: its loopback addresses mean a server
     * in the container, found at the container's address; jcompose itself is asked already.
     */
    private static Stream<IpAddress> server(String server, List<Attachment> attachments) {
        IpAddress address = IpAddress.parse(server);
        if (server.equals(ResolvConf.CONTAINER_NAMESERVER)) {
            return Stream.empty();
        }
        return address.isLoopback()
                ? attachments.stream()
                        .flatMap(attachment -> attachment.addresses().stream())
                        .map(AssignedAddress::address)
                        .filter(own -> own.v6() == address.v6())
                        .limit(1)
                : Stream.of(address);
    }

    /**
     * The service, or container elsewhere, that each alias stands for. Without an alias the name itself is answered;
     * what is linked from elsewhere must be on a network of this container's.
     */
    private static Map<String, String> links(Service service) {
        Map<String, String> links = new HashMap<>();
        Stream.concat(service.links().stream(), service.externalLinks().stream())
                .forEach(link -> {
                    int colon = link.indexOf(':');
                    if (colon > 0) {
                        links.put(link.substring(colon + 1), link.substring(0, colon));
                    }
                });
        return links;
    }
}
