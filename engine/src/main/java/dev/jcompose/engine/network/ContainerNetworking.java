package dev.jcompose.engine.network;

import dev.jcompose.engine.assemble.HostsFile;
import dev.jcompose.engine.assemble.SpecAssembler;
import dev.jcompose.engine.container.Container;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.bridge.AssignedAddress;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.AttachmentSpec;
import dev.jcompose.network.bridge.BridgeNetwork;
import dev.jcompose.network.bridge.Endpoint;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.dns.DnsServer;
import dev.jcompose.network.dns.HostResolvers;
import dev.jcompose.network.firewall.PublishedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a container into its networks while it waits at the gate, and takes it out when it has ended. Thread-safe. */
public final class ContainerNetworking {
    private static final Logger log = LoggerFactory.getLogger(ContainerNetworking.class);
    private static final Path HOST_RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final Path HOST_HOSTS = Path.of("/etc/hosts");

    private final NetworkRegistry registry;
    private final Networks networks;
    private final PortAssigner ports;
    private final DnsServer dns;
    private final HostResolvers resolvers;
    private final NameTable names;

    public ContainerNetworking(
            NetworkRegistry registry, Networks networks, PortAssigner ports, DnsServer dns, HostResolvers resolvers) {
        this.registry = registry;
        this.networks = networks;
        this.ports = ports;
        this.dns = dns;
        this.resolvers = resolvers;
        this.names = new NameTable(dns);
    }

    /**
     * Gives a container that waits at the gate its interfaces, names and ports.
     *
     * @param pid a process in its network namespace
     * @throws IOException naming what failed; nothing of the attempt is left
     */
    public Connection connect(Container container, int pid) throws IOException {
        NetworkMode mode = NetworkMode.of(container.service());
        if (mode != NetworkMode.OWN && mode != NetworkMode.NONE) {
            return new Connection(List.of(), List.of(), null);
        }
        if (mode == NetworkMode.NONE || container.service().networks().isEmpty()) {
            networks.prepareNamespace(pid);
            return new Connection(List.of(), List.of(), null);
        }
        List<Attachment> attachments = networks.attachAll(endpoints(container), pid);
        List<PublishedPort> published = List.of();
        try {
            writeFiles(container, attachments);
            published = ports.assign(
                    container,
                    attachments.stream()
                            .filter(attachment -> !internal(attachment.networkName()))
                            .toList());
            networks.publish(published);
            names.add(container, attachments);
            DnsEndpoint endpoint = dns.open(pid, DnsViews.of(container, attachments, this::internal));
            return new Connection(attachments, published, endpoint);
        } catch (IOException | RuntimeException e) {
            disconnect(container, new Connection(attachments, published, null));
            throw e;
        }
    }

    /**
     * Takes over a running container that another engine connected: its interfaces and ports are there, its names and
     * DNS are not.
     */
    public Connection restore(Container container, int pid) throws IOException {
        List<Attachment> attachments = container.status().attachments();
        List<PublishedPort> published = container.status().ports();
        ports.hold(container, published);
        try {
            networks.resume(published);
        } catch (NetworkException e) {
            log.error("ports of {} are not served any more: {}", container, e.getMessage());
        }
        if (attachments.isEmpty()) {
            return new Connection(attachments, published, null);
        }
        names.add(container, attachments);
        DnsEndpoint endpoint = dns.open(pid, DnsViews.of(container, attachments, this::internal));
        return new Connection(attachments, published, endpoint);
    }

    /**
     * Takes back all that {@link #connect} gave, from a container whose processes have ended: its interfaces go with
     * them. Carries on when a part of it fails.
     */
    public void disconnect(Container container, Connection connection) {
        if (connection.dns() != null) {
            connection.dns().close();
        }
        names.remove(container);
        try {
            networks.unpublish(connection.ports());
        } catch (IOException e) {
            log.error("cannot take back the ports of {}: {}", container, e.getMessage());
        }
        ports.release(container);
        connection.attachments().forEach(networks::release);
    }

    private boolean internal(String networkName) {
        return registry.find(networkName)
                .map(network -> network.spec().internal())
                .orElse(false);
    }

    private List<Endpoint> endpoints(Container container) throws IOException {
        List<Endpoint> endpoints = new ArrayList<>();
        List<Map.Entry<String, ServiceNetwork>> ordered = ordered(container.service());
        String route = defaultRoute(container, ordered);
        for (Map.Entry<String, ServiceNetwork> entry : ordered) {
            BridgeNetwork network = network(container, entry.getKey());
            ServiceNetwork settings = entry.getValue();
            String interfaceName =
                    settings.interfaceName() != null ? settings.interfaceName() : "eth" + endpoints.size();
            String mac = settings.macAddress() != null
                    ? settings.macAddress()
                    : endpoints.isEmpty() ? container.service().macAddress() : null;
            endpoints.add(new Endpoint(
                    network,
                    new AttachmentSpec(
                            container.config().id(),
                            container.config().name(),
                            interfaceName,
                            address(settings.ipv4Address()),
                            address(settings.ipv6Address()),
                            mac == null ? null : MacAddress.parse(mac),
                            entry.getKey().equals(route))));
        }
        return endpoints;
    }

    /** The highest priority first, then by name: this decides which one is eth0. */
    private static List<Map.Entry<String, ServiceNetwork>> ordered(Service service) {
        return service.networks().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, ServiceNetwork> e) ->
                                -e.getValue().priority())
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    /** The way to everywhere else: the network with the highest gw_priority that is not internal. */
    private String defaultRoute(Container container, List<Map.Entry<String, ServiceNetwork>> ordered)
            throws IOException {
        String best = "";
        int bestPriority = Integer.MIN_VALUE;
        for (Map.Entry<String, ServiceNetwork> entry : ordered) {
            boolean outside = !network(container, entry.getKey()).spec().internal();
            if (outside && entry.getValue().gwPriority() > bestPriority) {
                best = entry.getKey();
                bestPriority = entry.getValue().gwPriority();
            }
        }
        return best;
    }

    private BridgeNetwork network(Container container, String key) throws IOException {
        String name = Objects.requireNonNull(container.project().networks().get(key), key)
                .name();
        return registry.find(name).orElseThrow(() -> new IOException("network " + name + " does not exist"));
    }

    private static @Nullable IpAddress address(@Nullable String text) {
        return text == null ? null : IpAddress.parse(text);
    }

    /**
     * Writes the container's hosts, hostname and resolv.conf. Written in place: the container has them mounted one by
     * one, and would not see a file that took their name.
     */
    public void writeFiles(Container container, List<Attachment> attachments) throws IOException {
        Service service = container.service();
        NetworkMode mode = NetworkMode.of(service);
        Files.createDirectories(container.files().run());
        String hostname = SpecAssembler.hostname(container.config(), service);
        String names = service.domainname() == null ? hostname : hostname + "." + service.domainname() + " " + hostname;
        List<String> addresses = attachments.stream()
                .flatMap(attachment -> attachment.addresses().stream())
                .map(assigned -> assigned.address().toString())
                .toList();
        Files.writeString(container.files().hostname(), hostname + "\n");
        boolean host = mode == NetworkMode.HOST;
        Files.writeString(
                container.files().hosts(),
                host && Files.isReadable(HOST_HOSTS)
                        ? Files.readString(HOST_HOSTS)
                        : HostsFile.of(addresses, names, service.dns().extraHosts(), gateway(attachments)));
        Files.writeString(
                container.files().resolvConf(),
                host && Files.isReadable(HOST_RESOLV_CONF)
                        ? Files.readString(HOST_RESOLV_CONF)
                        : resolvers
                                .current()
                                .forContainer(
                                        service.dns().search(), service.dns().options())
                                .format());
    }

    private static String gateway(List<Attachment> attachments) {
        return attachments.stream()
                .flatMap(attachment -> attachment.addresses().stream())
                .map(AssignedAddress::gateway)
                .filter(Objects::nonNull)
                .map(IpAddress::toString)
                .findFirst()
                .orElse("");
    }
}
