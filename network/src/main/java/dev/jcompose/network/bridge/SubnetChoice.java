package dev.jcompose.network.bridge;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.ipam.IpamPool;
import dev.jcompose.network.ipam.OccupiedSubnet;
import dev.jcompose.network.ipam.SubnetPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which subnets a network gets: those it names, those its bridge has already, or free ones. */
final class SubnetChoice {
    private final HostNetwork host;
    private final SubnetPool ipv4 = SubnetPool.ipv4();
    private final SubnetPool ipv6 = SubnetPool.ipv6();

    SubnetChoice(HostNetwork host) {
        this.host = host;
    }

    /**
     * One pool for each enabled family.
     *
     * @param bridge the network's own, whose routes are not in its way
     * @param inKernel what the network's bridge has, when a crash left it
     * @param others the engine's networks
     */
    List<IpamPool> choose(NetworkSpec spec, String bridge, List<IpamPool> inKernel, Collection<BridgeNetwork> others)
            throws NetworkException, ErrnoException {
        List<OccupiedSubnet> occupied = new ArrayList<>();
        for (BridgeNetwork other : others) {
            if (!other.spec().id().equals(spec.id())) {
                other.pools()
                        .forEach(pool -> occupied.add(new OccupiedSubnet(
                                pool.subnet(), "network " + other.spec().name())));
            }
        }
        occupied.addAll(host.occupied(bridge));
        List<IpamPool> chosen = new ArrayList<>();
        if (spec.enableIpv4()) {
            chosen.add(choose(spec, false, ipv4, inKernel, occupied));
        }
        if (spec.enableIpv6()) {
            chosen.add(choose(spec, true, ipv6, inKernel, occupied));
        }
        return chosen;
    }

    private static IpamPool choose(
            NetworkSpec spec, boolean v6, SubnetPool pool, List<IpamPool> inKernel, List<OccupiedSubnet> occupied)
            throws NetworkException {
        Optional<IpamPool> named = first(spec.pools(), v6);
        if (named.isPresent()) {
            Subnet subnet = named.get().subnet();
            Optional<OccupiedSubnet> conflict = SubnetPool.conflict(subnet, occupied);
            if (conflict.isPresent()) {
                throw new NetworkException("subnet %s of network \"%s\" overlaps with %s"
                        .formatted(subnet, spec.name(), conflict.get().holder()));
            }
            return named.get();
        }
        Optional<IpamPool> kept = first(inKernel, v6);
        return kept.isPresent() ? kept.get() : IpamPool.of(pool.pick(spec.project() + "/" + spec.name(), occupied));
    }

    private static Optional<IpamPool> first(List<IpamPool> pools, boolean v6) {
        return pools.stream().filter(pool -> pool.subnet().v6() == v6).findFirst();
    }
}
