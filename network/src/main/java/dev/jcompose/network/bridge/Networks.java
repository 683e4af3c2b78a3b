package dev.jcompose.network.bridge;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.firewall.Firewall;
import dev.jcompose.network.firewall.Forwarding;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.ipam.IpamPool;
import dev.jcompose.network.ipam.SubnetHistory;
import dev.jcompose.network.ports.PortReservations;
import dev.jcompose.network.publish.PortPublisher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks of one engine, in the network namespace of the thread that opened it.
 *
 * <p>Every operation is idempotent: it brings the kernel to the named state from whatever it is in, also after a crash.
 * Nothing is written to disk; what {@link #create} and {@link #attach} return is what a restarted engine gives back to
 * {@link #restore}. Switches {@code net.ipv4.ip_forward} on when it is off, and off again with the last network. Needs
 * {@code CAP_NET_ADMIN} and {@code CAP_SYS_ADMIN}. Thread-safe: networks are made and removed one at a time, containers
 * are attached in parallel.
 */
public final class Networks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Networks.class);

    private final RtNetlink netlink;
    private final Firewall firewall;
    private final HostNetwork host;
    private final OwnLinks own;
    private final BridgeLinks bridges;
    private final ParentLinks parents;
    private final Map<String, ActiveNetwork> active = new ConcurrentHashMap<>();
    private final Attachments attachments;
    private final SubnetChoice subnets;
    private final PortReservations ports;
    private final AttachedPorts published;
    private final RoutedNetworks routed;

    /**
     * @param owner the engine: its table in nf_tables, and the mark of its bridges
     * @param netlink closed with this object
     * @param firewall of the same namespace; closed with this object
     * @param resolvConf the host's, whose name servers no network may hide
     * @param forwarding switched on while there is a network that is not internal
     */
    public Networks(
            Linux linux, String owner, RtNetlink netlink, Firewall firewall, Path resolvConf, Forwarding forwarding) {
        this.netlink = netlink;
        this.firewall = firewall;
        host = new HostNetwork(netlink, resolvConf);
        own = new OwnLinks(netlink, owner);
        bridges = new BridgeLinks(netlink, own, host);
        parents = new ParentLinks(netlink, own);
        attachments = new Attachments(active, own, new Cables(linux, netlink));
        subnets = new SubnetChoice(host);
        ports = new PortReservations(linux);
        published = new AttachedPorts(
                netlink,
                bridges,
                new PortPublisher(linux, firewall, ports, new DefaultRoute(netlink)::linkName),
                active.values());
        routed = new RoutedNetworks(netlink, firewall, forwarding);
    }

    /**
     * Opens the networks of an engine.
     *
     * @param owner its nf_tables table and the mark of its bridges: {@code jcompose}, or another for each other engine
     */
    public static Networks open(Linux linux, String owner) throws ErrnoException {
        return open(linux, owner, new Forwarding(null));
    }

    /** The same where another engine is to know what this one switched on. */
    public static Networks open(Linux linux, String owner, Forwarding forwarding) throws ErrnoException {
        return new Networks(
                linux,
                owner,
                RtNetlink.open(linux),
                Firewall.open(linux, owner),
                Path.of("/etc/resolv.conf"),
                forwarding);
    }

    /** {@link #create(NetworkSpec, SubnetHistory, int)} where nothing is remembered. */
    public ContainerNetwork create(NetworkSpec spec) throws IOException {
        return create(spec, SubnetHistory.EMPTY, 0);
    }

    /**
     * Makes sure that the network exists: bridge, gateway address, firewall; or the parent of macvlan and ipvlan.
     *
     * @param history which subnets were picked before
     * @param containers how many are to be on it, as far as that is known: a subnet that is picked has room for them
     * @throws NetworkException if its subnet overlaps a route or another network, if none is free, if its bridge's name
     *     is taken, or if the kernel lacks what the driver needs; the message names what is in the way
     */
    public synchronized ContainerNetwork create(NetworkSpec spec, SubnetHistory history, int containers)
            throws IOException {
        ActiveNetwork known = active.get(spec.id());
        Optional<LinkInfo> existing = links(spec).find(spec);
        if (known != null && existing.isPresent()) {
            return known.network();
        }
        String link = links(spec).name(spec);
        List<IpamPool> inKernel = existing.isPresent() ? links(spec).pools(existing.get()) : List.of();
        List<IpamPool> pools = known != null
                ? known.network().pools()
                : subnets.choose(spec, link, inKernel, networks(), history, containers);
        Integer mtuBytes = spec.mtuBytes();
        return bringUp(new ContainerNetwork(
                        spec, link, mtuBytes != null ? mtuBytes : links(spec).defaultMtu(spec), pools))
                .network();
    }

    /** What a network's subnets are remembered by in a {@link SubnetHistory}. */
    public static String historyKey(NetworkSpec spec) {
        return SubnetChoice.key(spec);
    }

    private NetworkLinks links(NetworkSpec spec) {
        return spec.driver().hasParent() ? parents : bridges;
    }

    /**
     * Removes the network: firewall, bridge, addresses.
     *
     * @throws NetworkException if containers are attached to it, naming them
     */
    public synchronized void remove(ContainerNetwork network) throws IOException {
        requireUnused(network);
        routed.dismiss(network.link());
        own.remove(network.spec().id());
        active.remove(network.spec().id());
        routed.settle(networks());
    }

    /**
     * Looks whether the network could be removed now.
     *
     * @throws NetworkException if containers are attached to it, naming them
     */
    public void requireUnused(ContainerNetwork network) throws NetworkException {
        attachments.requireUnused(network);
    }

    /** Attaches a container's namespace to one network; see {@link #attachAll}. */
    public Attachment attach(ContainerNetwork network, AttachmentSpec spec, int netnsPid) throws IOException {
        return attachAll(List.of(new Endpoint(network, spec)), netnsPid).get(0);
    }

    /**
     * Attaches a container's namespace to its networks: interfaces with addresses and routes. Its loopback interface is
     * up. All or nothing.
     *
     * @param netnsPid a process in the namespace, which must not end meanwhile
     * @return in the order of the endpoints
     */
    public List<Attachment> attachAll(List<Endpoint> endpoints, int netnsPid) throws IOException {
        return attachments.attachAll(endpoints, netnsPid);
    }

    /**
     * The same in a namespace that nobody has used, with a netlink socket that was made there; there is at least one
     * endpoint. What {@link #layAhead} put there becomes the first one's.
     */
    public List<Attachment> attachAll(List<Endpoint> endpoints, NetworkNamespace namespace, RtNetlink inside)
            throws IOException {
        return attachments.attachAll(endpoints, namespace, inside);
    }

    /**
     * Lays a cable into a namespace that nobody has used, ahead of {@link #attachAll(List, NetworkNamespace,
     * RtNetlink)}: it goes with the namespace, and with the network that this finds for it. Does nothing as long as
     * there is none, or one that containers are tied to otherwise.
     *
     * @throws IOException naming what failed; the namespace is of no use then
     */
    public synchronized void layAhead(NetworkNamespace namespace, RtNetlink inside) throws IOException {
        List<ContainerNetwork> all = networks();
        if (!all.isEmpty()
                && all.stream().noneMatch(network -> network.spec().driver().hasParent())) {
            ContainerNetwork network = all.get(0);
            SpareCable.lay(netlink, network, own.group(network.spec().id()), namespace, inside);
        }
    }

    /**
     * Takes a running container off a network and gives its addresses back. Waits for the kernel to remove the
     * interface, which takes tens of milliseconds; for a container that has ended there is {@link #release}.
     *
     * @param netnsPid a process in its namespace
     */
    public void detach(Attachment attachment, int netnsPid) throws IOException {
        attachments.detach(attachment, netnsPid);
    }

    /**
     * Leads a running container's way to everywhere else over these networks from now on.
     *
     * @param all its attachments
     * @return the same with their gateways as they are now
     */
    public List<Attachment> leadOutside(List<Attachment> all, Outside outside, int netnsPid) throws IOException {
        return attachments.leadOutside(all, outside, netnsPid);
    }

    /**
     * Gives back the addresses of a container that has ended. Its interfaces go with its namespace, which the kernel
     * takes down in its own time, or with the network.
     */
    public void release(Attachment attachment) {
        attachments.release(attachment);
    }

    /** Keeps the addresses of a container that does not run, for as long as others need not have them. */
    public void remember(Attachment attachment) {
        attachments.remember(attachment);
    }

    /** Who is on a network. */
    public List<Attachment> attachments(ContainerNetwork network) {
        return attachments.of(network);
    }

    /**
     * Publishes ports of attached containers.
     *
     * @throws NetworkException if one is published for something else, naming that container
     */
    public void publish(Collection<PublishedPort> ports) throws IOException {
        published.publish(ports);
    }

    /** Takes ports back. */
    public void unpublish(Collection<PublishedPort> ports) throws NetworkException {
        published.unpublish(ports);
    }

    /** Goes on serving the ports of a container that another engine started; they must be reserved again. */
    public void resume(Collection<PublishedPort> ports) throws NetworkException {
        published.resume(ports);
    }

    /**
     * What is in the way of these networks on this host, in words for the user: no nf_tables, or somebody else's rules.
     *
     * @param specs of networks that need not exist yet
     */
    public List<String> warnings(Collection<NetworkSpec> specs) throws NetworkException {
        return published.warnings(specs);
    }

    /** What is in the way of containers on these networks that ask this host itself: somebody else's rules. */
    public List<String> hostWarnings(Collection<NetworkSpec> specs) throws NetworkException {
        return published.hostWarnings(specs);
    }

    /**
     * Takes over what an engine before this one left, and writes the firewall anew. Bridges that are gone are made
     * again; a network for which that fails does not exist.
     *
     * @param attachments of containers that still run
     * @param ports that they publish
     */
    public synchronized void restore(
            List<ContainerNetwork> networks, List<Attachment> attachments, Collection<PublishedPort> ports)
            throws IOException {
        for (ContainerNetwork network : networks) {
            if (!active.containsKey(network.spec().id())) {
                try {
                    LinkInfo link = links(network.spec()).ensure(network);
                    active.put(network.spec().id(), new ActiveNetwork(network, link));
                } catch (IOException e) {
                    // The parent of one network may be unplugged: the others are none the worse for it.
                    log.error(
                            "cannot set up network {} again: {}", network.spec().name(), e.getMessage());
                }
            }
        }
        this.attachments.restore(attachments);
        routed.restore(networks(), published.ruled(ports));
    }

    /** The networks that exist. */
    public List<ContainerNetwork> networks() {
        return active.values().stream().map(ActiveNetwork::network).toList();
    }

    /** Ids of this engine's networks that have a link in the kernel, whether or not this object knows them. */
    public Set<String> inKernel() throws IOException {
        return own.existing().keySet();
    }

    /** Removes a network that this object does not know, by what a crash left of it in the kernel. */
    public synchronized void removeLeftover(String networkId) throws IOException {
        LinkInfo link = own.existing().get(networkId);
        if (link != null && !active.containsKey(networkId)) {
            routed.dismiss(link.name());
            own.remove(networkId);
            routed.settle(networks());
        }
    }

    /** The ports of the host: reserve them before anything is made, publish them when the container has its address. */
    public PortReservations ports() {
        return ports;
    }

    /** The firewall of these networks. */
    public Firewall firewall() {
        return firewall;
    }

    /** Releases the sockets; networks, interfaces and rules stay. */
    @Override
    public void close() {
        published.close();
        ports.close();
        firewall.close();
        netlink.close();
    }

    private ActiveNetwork bringUp(ContainerNetwork network) throws IOException {
        try {
            NetworkLinks links = links(network.spec());
            LinkInfo link = links.ensure(network);
            links.tryOut(network.spec(), link, networks());
            ActiveNetwork up = new ActiveNetwork(network, link);
            routed.admit(network);
            ActiveNetwork before = active.put(network.spec().id(), up);
            if (before != null) {
                for (Attachment attachment : before.attachments()) {
                    up.restore(attachment);
                }
            }
            return up;
        } catch (IOException | RuntimeException e) {
            if (!active.containsKey(network.spec().id())) {
                undo(network, e);
            }
            throw e;
        }
    }

    private void undo(ContainerNetwork network, Exception failure) {
        try {
            routed.dismiss(network.link());
            own.remove(network.spec().id());
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
