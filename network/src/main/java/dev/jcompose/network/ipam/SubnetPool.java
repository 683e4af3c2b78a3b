package dev.jcompose.network.ipam;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.StableHash;
import dev.jcompose.network.Subnet;
import java.util.List;
import java.util.Optional;

/**
 * Picks a subnet for a network that names none. The search begins at a place that the network's name gives, so the same
 * project gets the same subnet again, and visits every subnet of a pool before it goes to the next pool. Immutable.
 */
public final class SubnetPool {
    private final List<Subnet> pools;
    private final int prefixLength;

    /**
     * @param pools where to search, in this order
     * @param prefixLength of the subnets to hand out
     */
    public SubnetPool(List<Subnet> pools, int prefixLength) {
        this.pools = List.copyOf(pools);
        this.prefixLength = prefixLength;
    }

    /**
     * /24 subnets of all private ranges: more than 65,000. It begins with 10.192.0.0/10, which clouds, VPNs and other
     * container tools rarely have their defaults in.
     */
    public static SubnetPool ipv4() {
        return new SubnetPool(
                List.of(
                        Subnet.parse("10.192.0.0/10"),
                        Subnet.parse("10.0.0.0/8"),
                        Subnet.parse("172.16.0.0/12"),
                        Subnet.parse("192.168.0.0/16")),
                24);
    }

    /** /64 subnets of the unique local addresses. */
    public static SubnetPool ipv6() {
        return new SubnetPool(List.of(Subnet.parse("fd00::/8")), 64);
    }

    /**
     * A free subnet for {@code key}.
     *
     * @param occupied what must not be touched
     * @throws NetworkException if there is none, naming what is in the way
     */
    public Subnet pick(String key, List<OccupiedSubnet> occupied) throws NetworkException {
        for (Subnet pool : pools) {
            if (occupied.stream().anyMatch(taken -> taken.subnet().contains(pool))) {
                continue;
            }
            int bits = Math.min(prefixLength - pool.prefixLength(), 62);
            long count = 1L << bits;
            long start = StableHash.below(key, count);
            // An odd step visits all of a power of two; other keys that began at the same place go other ways.
            long step = StableHash.below(key + "/step", count) | 1;
            for (long i = 0; i < Math.min(count, 1 << 16); i++) {
                Subnet candidate = subnet(pool, (start + i * step) & (count - 1));
                if (conflict(candidate, occupied).isEmpty()) {
                    return candidate;
                }
            }
        }
        String example = occupied.stream()
                .filter(taken -> pools.stream().anyMatch(pool -> pool.overlaps(taken.subnet())))
                .map(OccupiedSubnet::holder)
                .findFirst()
                .orElse("nothing");
        throw new NetworkException(("no free /%d subnet in %s: %d subnets of this host are in the way, among them %s;"
                        + " name a subnet in the network's ipam.config")
                .formatted(prefixLength, pools, occupied.size(), example));
    }

    /** What {@code subnet} would collide with. */
    public static Optional<OccupiedSubnet> conflict(Subnet subnet, List<OccupiedSubnet> occupied) {
        return occupied.stream()
                .filter(taken -> taken.subnet().overlaps(subnet))
                .findFirst();
    }

    private Subnet subnet(Subnet pool, long index) {
        if (!pool.v6()) {
            return new Subnet(pool.address().plus(index << (32 - prefixLength)), prefixLength);
        }
        long high = pool.address().high() | (index << (64 - prefixLength));
        return new Subnet(new IpAddress(true, high, 0), prefixLength);
    }
}
