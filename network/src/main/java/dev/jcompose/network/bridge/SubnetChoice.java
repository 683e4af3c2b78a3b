package dev.jcompose.network.bridge;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.ipam.IpamPool;
import dev.jcompose.network.ipam.OccupiedSubnet;
import dev.jcompose.network.ipam.OccupiedSubnets;
import dev.jcompose.network.ipam.SubnetHistory;
import dev.jcompose.network.ipam.SubnetPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which subnets a network gets: those it names, those its bridge has already, or free ones. */
final class SubnetChoice {
    private final HostNetwork host;
    private final SubnetPool ipv6;

    SubnetChoice(HostNetwork host) {
        this.host = host;
        ipv6 = SubnetPool.ipv6(host.machineId());
    }

    /**
     * The pools of each enabled family.
     *
     * @param link the network's own, whose routes are not in its way
     * @param inKernel what the network's bridge has, when a crash left it
     * @param others the engine's networks
     * @param containers how many a subnet that is picked must have room for
     */
    List<IpamPool> choose(
            NetworkSpec spec,
            String link,
            List<IpamPool> inKernel,
            Collection<ContainerNetwork> others,
            SubnetHistory history,
            int containers)
            throws NetworkException, ErrnoException {
        List<OccupiedSubnet> own = new ArrayList<>();
        for (ContainerNetwork other : others) {
            if (!other.spec().id().equals(spec.id())) {
                String holder = "network " + other.spec().name();
                other.pools().forEach(pool -> own.add(new OccupiedSubnet(pool.subnet(), holder)));
            }
        }
        List<OccupiedSubnet> occupied = new ArrayList<>(own);
        occupied.addAll(host.occupied(link));
        OccupiedSubnets all = new OccupiedSubnets(occupied);
        // The subnet of a network over a link of the host is that of the network which the link is on.
        OccupiedSubnets inTheWay = spec.driver().hasParent() ? new OccupiedSubnets(own) : all;
        List<IpamPool> chosen = new ArrayList<>();
        for (boolean v6 : new boolean[] {false, true}) {
            if (v6 ? spec.enableIpv6() : spec.enableIpv4()) {
                List<IpamPool> named = ofFamily(spec.pools(), v6);
                requireFree(spec, named, inTheWay);
                List<IpamPool> known = named.isEmpty() ? ofFamily(inKernel, v6) : named;
                chosen.addAll(
                        known.isEmpty()
                                ? List.of(pick(spec, v6 ? ipv6 : SubnetPool.ipv4(containers), all, history))
                                : known);
            }
        }
        return chosen;
    }

    private static IpamPool pick(NetworkSpec spec, SubnetPool pool, OccupiedSubnets occupied, SubnetHistory history)
            throws NetworkException {
        return IpamPool.of(pool.pick(key(spec), occupied, history));
    }

    /** What a network's subnets are remembered by. */
    static String key(NetworkSpec spec) {
        return spec.project() + "/" + spec.name();
    }

    private static void requireFree(NetworkSpec spec, List<IpamPool> named, OccupiedSubnets occupied)
            throws NetworkException {
        List<OccupiedSubnet> before = new ArrayList<>();
        for (IpamPool pool : named) {
            Optional<OccupiedSubnet> conflict =
                    occupied.conflict(pool.subnet()).or(() -> new OccupiedSubnets(before).conflict(pool.subnet()));
            if (conflict.isPresent()) {
                throw new NetworkException("subnet %s of network \"%s\" overlaps with %s"
                        .formatted(
                                pool.subnet(),
                                spec.name(),
                                conflict.get().holder().get()));
            }
            before.add(new OccupiedSubnet(pool.subnet(), "its subnet " + pool.subnet()));
        }
    }

    private static List<IpamPool> ofFamily(List<IpamPool> pools, boolean v6) {
        return pools.stream().filter(pool -> pool.subnet().v6() == v6).toList();
    }
}
