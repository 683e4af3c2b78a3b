package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.linux.Linux;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.bridge.AssignedAddress;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.dns.DnsServer;
import dev.jcompose.network.dns.DnsView;
import dev.jcompose.network.dns.HostResolvers;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.runtime.NetworkNamespaces;
import dev.jcompose.runtime.PreparedNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a container into its networks while it waits at the gate, and takes it out when it has ended. Thread-safe. */
public final class ContainerNetworking {
    private static final Logger log = LoggerFactory.getLogger(ContainerNetworking.class);

    private final NetworkRegistry registry;
    private final Networks networks;
    private final PortAssigner ports;
    private final Linux linux;
    private final NetworkNamespaces namespaces;
    private final DnsServer dns;
    private final OwnNameServer nameServers;
    private final EndpointChoice endpoints;
    private final EtcFiles files;
    private final NameTable names;
    private final MembershipFiles changes;
    private final RunningConnections running;

    /**
     * @param namespaces with {@link ContainerSockets}
     * @param nameServers that containers have
     * @param fixed addresses that are meant for certain services
     * @param changes to the networks of containers since they were made
     * @param networkOwner the container whose network one shares
     */
    public ContainerNetworking(
            Linux linux,
            NetworkNamespaces namespaces,
            NetworkRegistry registry,
            Networks networks,
            PortAssigner ports,
            DnsServer dns,
            OwnNameServer nameServers,
            HostResolvers resolvers,
            StaticAddresses fixed,
            MembershipFiles changes,
            Function<Container, Optional<Container>> networkOwner) {
        this.registry = registry;
        this.networks = networks;
        this.ports = ports;
        this.linux = linux;
        this.namespaces = namespaces;
        this.dns = dns;
        this.nameServers = nameServers;
        this.changes = changes;
        this.endpoints = new EndpointChoice(registry, fixed, changes);
        this.files = new EtcFiles(resolvers, networkOwner);
        this.names = new NameTable(dns, endpoints::settings);
        this.running = new RunningConnections(networks, endpoints, ports, dns, names, this::internal, this::publishes);
    }

    /**
     * The network namespace that a container is to begin in, for {@link #connect}; the caller closes it.
     *
     * @return null if there is nothing to connect it with: it shares that of another, or is on no network
     */
    public @Nullable PreparedNetwork prepare(Container container) throws IOException {
        return NetworkMode.of(container) == NetworkMode.OWN
                        && !endpoints.names(container).isEmpty()
                ? namespaces.take()
                : null;
    }

    /**
     * Gives a container that waits at the gate its interfaces, names and ports.
     *
     * @param prepared what {@link #prepare} gave
     * @throws IOException naming what failed; nothing of the attempt is left
     */
    public Connection connect(Container container, @Nullable PreparedNetwork prepared) throws IOException {
        if (prepared == null) {
            return new Connection(List.of(), List.of(), null);
        }
        ContainerSockets sockets = ContainerSockets.of(linux, prepared);
        List<Attachment> attachments =
                networks.attachAll(endpoints.of(container), prepared.namespace(), sockets.netlink());
        List<PublishedPort> published = List.of();
        try {
            writeFiles(container, attachments);
            published = ports.assign(
                    container,
                    attachments.stream()
                            .filter(attachment -> publishes(attachment.networkName()))
                            .toList());
            networks.publish(published);
            names.add(container, attachments);
            DnsView view = DnsViews.of(container, attachments, this::internal);
            return new Connection(attachments, published, openDns(container, prepared, sockets, view));
        } catch (IOException | RuntimeException e) {
            disconnect(container, new Connection(attachments, published, null));
            settleNames(container, false);
            throw e;
        }
    }

    private DnsEndpoint openDns(Container container, PreparedNetwork prepared, ContainerSockets sockets, DnsView view)
            throws IOException {
        if (nameServers.mayBeIn(container)) {
            try {
                DnsEndpoint endpoint = dns.openBeside(prepared.namespace(), view);
                sockets.udp().close();
                sockets.tcp().close();
                return endpoint;
            } catch (IOException e) {
                log.warn("{} cannot have a name server at port 53 of all addresses: {}", container, e.getMessage());
            }
        }
        return dns.open(sockets.udp(), sockets.tcp(), view);
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
     * them. Carries on when a part of it fails. {@link #settleNames} must follow.
     */
    public void disconnect(Container container, Connection connection) {
        if (connection.dns() != null) {
            connection.dns().close();
        }
        names.rest(container);
        try {
            networks.unpublish(connection.ports());
        } catch (IOException e) {
            log.error("cannot take back the ports of {}: {}", container, e.getMessage());
        }
        ports.release(container);
        connection.attachments().forEach(networks::release);
    }

    /** The names of the networks that a container is on, or will be when it starts. */
    public Set<String> networks(Container container) {
        return endpoints.names(container);
    }

    /** Changes the place of a container that runs; what it was, and a process in its network namespace. */
    @FunctionalInterface
    public interface Change {
        /** Carries it out. */
        Connection of(Connection now, int pid) throws IOException;
    }

    /** Somebody who has a change carried out, if the container runs. */
    @FunctionalInterface
    public interface Rewiring {
        /** Does so. */
        void carryOut(Change change) throws IOException;
    }

    /**
     * From now on the container is on that network too. The caller holds its lock.
     *
     * @throws IOException naming what failed; nothing has changed
     */
    public void join(Container container, String network, ServiceNetwork settings, Rewiring rewiring)
            throws IOException {
        Memberships before = changes.of(container);
        changes.write(container, before.with(network, settings));
        try {
            rewiring.carryOut((now, pid) -> running.join(container, now, pid, network, settings));
        } catch (IOException | RuntimeException e) {
            changes.write(container, before);
            throw e;
        }
    }

    /** From now on the container is not on that network any more. The caller holds its lock. */
    public void part(Container container, String network, Rewiring rewiring) throws IOException {
        changes.write(container, changes.of(container).without(network));
        rewiring.carryOut((now, pid) -> running.part(container, now, pid, network));
    }

    /**
     * The names of a container that has ended are forgotten, unless it is started again: then they lead to the address
     * that it will have.
     */
    public void settleNames(Container container, boolean comesBack) {
        names.settle(container, comesBack);
    }

    /** It is about to be stopped, and started again after that: its names are kept until {@link #releaseNames}. */
    public void keepNames(Container container) {
        names.keep(container);
    }

    /** What {@link #keepNames} was for is done, or has failed. */
    public void releaseNames(Container container, boolean comesBack) {
        names.release(container, comesBack);
    }

    /** Whether ports of the host can lead there: with macvlan and ipvlan they are open without that. */
    private boolean publishes(String networkName) {
        return !internal(networkName)
                && registry.find(networkName).map(ContainerNetwork::isFiltered).orElse(false);
    }

    private boolean internal(String networkName) {
        return registry.find(networkName)
                .map(network -> network.spec().internal())
                .orElse(false);
    }

    /** Writes the container's hosts, hostname and resolv.conf. */
    public void writeFiles(Container container, List<Attachment> attachments) throws IOException {
        List<String> addresses = attachments.stream()
                .flatMap(attachment -> attachment.addresses().stream())
                .map(assigned -> assigned.address().toString())
                .toList();
        files.write(container, addresses, host(attachments));
    }

    /** The host as a container sees it: at its default gateways, or on a network that leads nowhere else. */
    private List<String> host(List<Attachment> attachments) {
        List<String> gateways = attachments.stream()
                .flatMap(attachment -> attachment.addresses().stream())
                .map(AssignedAddress::gateway)
                .filter(Objects::nonNull)
                .map(IpAddress::toString)
                .toList();
        return !gateways.isEmpty()
                ? gateways
                : attachments.stream()
                        .flatMap(attachment -> registry.find(attachment.networkName()).stream())
                        .map(ContainerNetwork::hostAddresses)
                        .filter(own -> !own.isEmpty())
                        .findFirst()
                        .orElse(List.of())
                        .stream()
                        .map(IpAddress::toString)
                        .toList();
    }
}
