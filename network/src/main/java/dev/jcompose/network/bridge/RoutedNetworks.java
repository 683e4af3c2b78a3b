package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.firewall.FilteredBridge;
import dev.jcompose.network.firewall.Firewall;
import dev.jcompose.network.firewall.FirewallState;
import dev.jcompose.network.firewall.Forwarding;
import dev.jcompose.network.firewall.PublishedPort;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The networks whose packets pass through the host: the firewall knows them, and the host forwards as long as one of
 * them leads outside. Not thread-safe.
 */
final class RoutedNetworks {
    /** Kinds of links that somebody forwards packets between. */
    private static final Set<String> ROUTERS =
            Set.of("bridge", "tun", "wireguard", "vxlan", "gre", "macvlan", "ipvlan");

    private final RtNetlink netlink;
    private final Firewall firewall;
    private final Forwarding forwarding;

    RoutedNetworks(RtNetlink netlink, Firewall firewall, Forwarding forwarding) {
        this.netlink = netlink;
        this.firewall = firewall;
        this.forwarding = forwarding;
    }

    /** Lets a network in; one whose packets do not pass through the host needs nothing. */
    void admit(ContainerNetwork network) throws NetworkException {
        if (network.isFiltered()) {
            firewall.addBridge(filtered(network));
            forward(network);
        }
    }

    /** Makes the firewall what these networks and ports ask for, whatever it was before. */
    void restore(Collection<ContainerNetwork> networks, Collection<PublishedPort> ports) throws NetworkException {
        List<ContainerNetwork> routed =
                networks.stream().filter(ContainerNetwork::isFiltered).toList();
        firewall.apply(new FirewallState(
                routed.stream().map(RoutedNetworks::filtered).collect(Collectors.toSet()), Set.copyOf(ports)));
        for (ContainerNetwork network : routed) {
            forward(network);
        }
    }

    /** Forgets a network, by its bridge. */
    void dismiss(String bridge) throws NetworkException {
        firewall.removeBridge(bridge);
    }

    /**
     * Ends forwarding when none of these networks needs it, unless somebody else may rely on it who came after us:
     * another engine, Docker, a tunnel.
     *
     * @param rest the networks that there still are
     */
    void settle(Collection<ContainerNetwork> rest) throws IOException {
        if (rest.stream().allMatch(other -> other.spec().internal() || !other.isFiltered())) {
            Set<String> ours = rest.stream().map(ContainerNetwork::link).collect(Collectors.toSet());
            forwarding.off(netlink.links().stream()
                    .anyMatch(link -> ROUTERS.contains(link.kind()) && !ours.contains(link.name())));
        }
    }

    /** After the firewall knows the network, and only then: packets are not to get anywhere unfiltered. */
    private void forward(ContainerNetwork network) throws NetworkException {
        if (!network.spec().internal() && firewall.unavailable().isEmpty()) {
            forwarding.on(network.spec().enableIpv6());
        }
    }

    private static FilteredBridge filtered(ContainerNetwork network) {
        return new FilteredBridge(
                network.link(),
                network.spec().internal(),
                network.spec().masquerade(),
                network.spec().enableIpv6());
    }
}
