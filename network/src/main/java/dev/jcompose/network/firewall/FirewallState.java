package dev.jcompose.network.firewall;

import dev.jcompose.linux.netlink.nftables.Family;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** All that the tables are made from. Immutable; the changes return another one. */
public record FirewallState(Set<FilteredBridge> bridges, Set<PublishedPort> ports) {
    /** Nothing: no table. */
    public static final FirewallState EMPTY = new FirewallState(Set.of(), Set.of());

    public FirewallState {
        bridges = Set.copyOf(bridges);
        ports = Set.copyOf(ports);
    }

    /** What the table of one family holds: IPv4 all bridges, IPv6 those that carry it. */
    FirewallState of(Family family) {
        return new FirewallState(
                bridges.stream().filter(bridge -> isOf(family, bridge)).collect(Collectors.toSet()),
                ports.stream().filter(port -> isOf(family, port)).collect(Collectors.toSet()));
    }

    /** Whether there is no table of one family; copies nothing, as all ports are looked at when one is published. */
    boolean isEmpty(Family family) {
        return bridges.stream().noneMatch(bridge -> isOf(family, bridge))
                && ports.stream().noneMatch(port -> isOf(family, port));
    }

    private static boolean isOf(Family family, FilteredBridge bridge) {
        return family == Family.IP || bridge.ipv6();
    }

    private static boolean isOf(Family family, PublishedPort port) {
        return port.containerIp().v6() == (family == Family.IP6);
    }

    boolean isEmpty() {
        return bridges.isEmpty() && ports.isEmpty();
    }

    FirewallState withBridge(FilteredBridge bridge) {
        FirewallState others = withoutBridge(bridge.name());
        Set<FilteredBridge> all = new LinkedHashSet<>(others.bridges);
        all.add(bridge);
        return new FirewallState(all, ports);
    }

    FirewallState withoutBridge(String name) {
        Set<FilteredBridge> rest = new LinkedHashSet<>(bridges);
        rest.removeIf(bridge -> bridge.name().equals(name));
        return new FirewallState(rest, ports);
    }

    FirewallState withPorts(Collection<PublishedPort> more) {
        Set<PublishedPort> all = new LinkedHashSet<>(ports);
        all.addAll(more);
        return new FirewallState(bridges, all);
    }

    FirewallState withoutPorts(Collection<PublishedPort> fewer) {
        Set<PublishedPort> rest = new LinkedHashSet<>(ports);
        rest.removeAll(fewer);
        return new FirewallState(bridges, rest);
    }
}
