package dev.jcompose.network.publish;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.firewall.Firewall;
import dev.jcompose.network.firewall.ForeignRules;
import dev.jcompose.network.firewall.Obstacles;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.ports.PortReservations;
import dev.jcompose.network.proxy.PortProxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

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
     * @param uplink where clients on other hosts come from
     */
    public PortPublisher(Linux linux, Firewall firewall, PortReservations reservations, ForeignRules.Uplink uplink) {
        this.firewall = firewall;
        this.reservations = reservations;
        proxy = new PortProxy(linux);
        foreign = new ForeignRules(linux, firewall, uplink);
    }

    /**
     * Publishes ports, all or none.
     *
     * @param bridge the interface of the network that the containers' addresses are of
     * @throws NetworkException if one is published for something else, or cannot be published here
     */
    public void publish(Collection<PublishedPort> ports, String bridge) throws NetworkException {
        List<PublishedPort> ruled = ruled(ports, bridge);
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

    /**
     * Of these ports, those that rules publish now: where there are rules, nobody else drops what they lead to the
     * container, both sides are of one family, and it is not {@code ::1}.
     *
     * @param bridge the interface of the network that the containers' addresses are of
     */
    public List<PublishedPort> ruled(Collection<PublishedPort> ports, String bridge) throws NetworkException {
        if (firewall.unavailable().isPresent()) {
            return List.of();
        }
        List<PublishedPort> rulable = ports.stream()
                .filter(port -> !port.crossesFamilies())
                .filter(port -> !port.hostV6() || !isLoopback(port))
                .toList();
        List<PublishedPort> ruled = new ArrayList<>();
        for (Family family : Family.values()) {
            List<PublishedPort> part = rulable.stream()
                    .filter(port -> port.containerIp().v6() == (family == Family.IP6))
                    .toList();
            if (!part.isEmpty() && !isBlocked(bridge, family)) {
                ruled.addAll(part);
            }
        }
        return ruled;
    }

    private boolean isBlocked(String bridge, Family family) throws NetworkException {
        try {
            return foreign.published(bridge, family).isPresent();
        } catch (ErrnoException e) {
            throw new NetworkException("cannot read the host's firewall", e);
        }
    }

    /**
     * What users should know about this host before they bring networks up.
     *
     * @param bridges the interfaces of the networks, and whether they have IPv6
     * @param forwards whether the host passes packets on although nobody filters them
     */
    public List<String> warnings(SortedMap<String, Boolean> bridges, boolean forwards) throws NetworkException {
        Optional<String> unavailable = firewall.unavailable();
        if (unavailable.isPresent()) {
            return List.of("nf_tables is not available (" + unavailable.get()
                    + "): published ports are served by a proxy, which hides the addresses of clients, and containers"
                    + " do not reach other hosts"
                    + (forwards
                            ? "; as net.ipv4.ip_forward is on, networks are not isolated from each other either"
                            : ""));
        }
        return obstacles(
                bridges, found -> found.isEmpty() ? Optional.empty() : Optional.of(found.advice(bridges.keySet())));
    }

    /** What users should know whose containers ask this host; see {@link #warnings}. */
    public List<String> hostWarnings(SortedMap<String, Boolean> bridges) throws NetworkException {
        return firewall.unavailable().isPresent()
                ? List.of()
                : obstacles(bridges, found -> found.hostAdvice(bridges.keySet()));
    }

    /** The first advice of each family. */
    private List<String> obstacles(SortedMap<String, Boolean> bridges, Function<Obstacles, Optional<String>> advice)
            throws NetworkException {
        try {
            List<String> warnings = new ArrayList<>();
            for (Family family : Family.values()) {
                for (Map.Entry<String, Boolean> bridge : bridges.entrySet()) {
                    Obstacles found = family == Family.IP || bridge.getValue()
                            ? foreign.of(bridge.getKey(), family)
                            : Obstacles.NONE;
                    Optional<String> warning = advice.apply(found);
                    if (warning.isPresent()) {
                        warnings.add(warning.get());
                        break;
                    }
                }
            }
            return warnings;
        } catch (ErrnoException e) {
            throw new NetworkException("cannot read the host's firewall", e);
        }
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
