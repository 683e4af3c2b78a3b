package dev.jcompose.network.publish;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.firewall.Firewall;
import dev.jcompose.network.firewall.ForeignRules;
import dev.jcompose.network.firewall.ForwardBlock;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.ports.PortReservations;
import dev.jcompose.network.proxy.PortProxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides how a port is published. A rule of the firewall costs nothing and keeps the client's address; the proxy does
 * what rules cannot. What is published on {@code ::} or {@code ::1} has both: the rule leads remote clients to the
 * container, the proxy those on the host itself. Thread-safe.
 */
public final class PortPublisher implements AutoCloseable {
    private static final IpAddress ANY_V4 = new IpAddress(false, 0, 0);

    private final Firewall firewall;
    private final PortReservations reservations;
    private final PortProxy proxy;
    private final ForeignRules foreign;

    /**
     * @param firewall stays the caller's
     * @param reservations hold the ports that are published; stays the caller's
     */
    public PortPublisher(Linux linux, Firewall firewall, PortReservations reservations) {
        this.firewall = firewall;
        this.reservations = reservations;
        proxy = new PortProxy(linux);
        foreign = new ForeignRules(firewall);
    }

    /**
     * Publishes ports, all or none.
     *
     * @param bridge the interface of the network that the containers' addresses are of
     * @throws NetworkException if one is published for something else, or cannot be published here
     */
    public void publish(Collection<PublishedPort> ports, String bridge) throws NetworkException {
        boolean open = firewall.unavailable().isEmpty() && blocking(bridge).isEmpty();
        List<PublishedPort> ruled = open ? rulable(ports) : List.of();
        firewall.publish(ruled);
        try {
            serve(ports, ruled);
        } catch (NetworkException | RuntimeException e) {
            unpublish(ports);
            throw e;
        }
    }

    /** Takes ports back. */
    public void unpublish(Collection<PublishedPort> ports) throws NetworkException {
        ports.forEach(proxy::close);
        firewall.unpublish(ports);
    }

    /**
     * Goes on serving what an engine before this one served: the ports that the firewall does not lead to a container,
     * as far as they are held.
     */
    public void resume(Collection<PublishedPort> ports) throws NetworkException {
        serve(ports, List.copyOf(firewall.state().ports()));
    }

    /** Of these ports, those that rules can publish: both sides of one family, and not {@code ::1}. */
    public static List<PublishedPort> rulable(Collection<PublishedPort> ports) {
        return ports.stream()
                .filter(port -> !port.crossesFamilies())
                .filter(port -> !port.hostV6() || !isLoopback(port))
                .toList();
    }

    /** What of somebody else's blocks the packets of a bridge; empty when nothing does, or nothing can be seen. */
    public Optional<ForwardBlock> blocking(String bridge) throws NetworkException {
        try {
            return foreign.blocking(bridge);
        } catch (ErrnoException e) {
            throw new NetworkException("cannot read the host's firewall", e);
        }
    }

    /**
     * What users should know about this host before they bring networks up.
     *
     * @param bridges the interfaces of the networks
     * @param forwards whether the host passes packets on although nobody filters them
     */
    public List<String> warnings(Collection<String> bridges, boolean forwards) throws NetworkException {
        Optional<String> unavailable = firewall.unavailable();
        if (unavailable.isPresent()) {
            return List.of("nf_tables is not available (" + unavailable.get()
                    + "): published ports are served by a proxy, which hides the addresses of clients, and containers"
                    + " do not reach other hosts"
                    + (forwards
                            ? "; as net.ipv4.ip_forward is on, networks are not isolated from each other either"
                            : ""));
        }
        List<String> warnings = new ArrayList<>();
        for (String bridge : new TreeSet<>(bridges)) {
            Optional<ForwardBlock> block = blocking(bridge);
            if (block.isPresent()) {
                warnings.add(block.get().advice(new TreeSet<>(bridges)));
                break;
            }
        }
        return warnings;
    }

    @Override
    public void close() {
        proxy.close();
    }

    private void serve(Collection<PublishedPort> ports, Collection<PublishedPort> ruled) throws NetworkException {
        for (PublishedPort port : ports) {
            boolean everyIpv6 = port.hostV6() && port.onAllAddresses();
            if (ruled.contains(port) && !everyIpv6) {
                continue;
            }
            if (!PortProxy.serves(port.protocol())) {
                if (ruled.contains(port)) {
                    continue;
                }
                throw new NetworkException("cannot publish port %s: only rules of nf_tables can do that for %s"
                        .formatted(port, port.protocol()));
            }
            IpAddress address = port.hostIp() == null ? ANY_V4 : port.hostIp();
            try {
                Optional<Fd> socket = reservations.share(port.protocol(), address, port.hostPort());
                if (socket.isPresent()) {
                    proxy.open(port, socket.get());
                } else if (!ruled.contains(port)) {
                    throw new NetworkException("cannot serve published port %s: it is not reserved".formatted(port));
                }
            } catch (ErrnoException e) {
                throw new NetworkException("cannot serve published port %s".formatted(port), e);
            }
        }
    }

    private static boolean isLoopback(PublishedPort port) {
        return port.hostIp() != null && port.hostIp().isLoopback();
    }
}
