package dev.jcompose.network.ipam;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.StableHash;
import dev.jcompose.network.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Picks a subnet for a network that names none. The search begins at a place that the network's name gives, so the same
 * project gets the same subnet again, and visits every subnet of a pool before it goes to the next pool. Immutable.
 */
public final class SubnetPool {
    private static final int GREATEST_COUNT = 1 << 16;
    private static final int USUAL_PREFIX = 24;
    private static final int WIDEST_PREFIX = 16;
    private static final int PREFIX_STEP = 4;
    /** The subnet's own address, the gateway's and that of all. */
    private static final int RESERVED = 3;

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
        return ipv4(0);
    }

    /**
     * The same with subnets that have room: /20 where a /24 has not enough, and /16 where that has not.
     *
     * @param containers how many are to have an address
     */
    public static SubnetPool ipv4(int containers) {
        int prefixLength = USUAL_PREFIX;
        while (prefixLength > WIDEST_PREFIX && (1 << (32 - prefixLength)) - RESERVED < containers) {
            prefixLength -= PREFIX_STEP;
        }
        return new SubnetPool(
                List.of(
                        Subnet.parse("10.192.0.0/10"),
                        Subnet.parse("10.0.0.0/8"),
                        Subnet.parse("172.16.0.0/12"),
                        Subnet.parse("192.168.0.0/16")),
                prefixLength);
    }

    /**
     * /64 subnets of the unique local addresses: 65,536 of a /48 that is this machine's, which other machines hardly
     * have.
     *
     * @param machine what tells it from all others
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4193#section-3.2">RFC 4193, Global ID</a>
     */
    public static SubnetPool ipv6(String machine) {
        long site = 0xfdL << 56 | StableHash.below(machine, 1L << 40) << 16;
        return new SubnetPool(List.of(new Subnet(new IpAddress(true, site, 0), 48), Subnet.parse("fd00::/8")), 64);
    }

    /**
     * A free subnet for {@code key}.
     *
     * @param occupied what must not be touched
     * @param history which subnets networks had: this one gets its own again, and those of others last
     * @throws NetworkException if there is none, naming what is in the way
     */
    public Subnet pick(String key, OccupiedSubnets occupied, SubnetHistory history) throws NetworkException {
        Predicate<Subnet> free = subnet -> occupied.conflict(subnet).isEmpty();
        Optional<Subnet> last = history.of(key).stream()
                .filter(subnet -> subnet.v6() == pools.get(0).v6() && subnet.prefixLength() <= prefixLength)
                .filter(free)
                .findFirst();
        if (last.isPresent()) {
            return last.get();
        }
        OccupiedSubnets others = history.others(key);
        return search(key, occupied, free.and(subnet -> others.conflict(subnet).isEmpty()))
                .or(() -> search(key, occupied, free))
                .orElseThrow(() -> exhausted(occupied));
    }

    private Optional<Subnet> search(String key, OccupiedSubnets occupied, Predicate<Subnet> free) {
        for (Subnet pool : pools) {
            if (occupied.around(pool).isPresent()) {
                continue;
            }
            long count = 1L << Math.min(prefixLength - pool.prefixLength(), 62);
            long start = StableHash.below(key, count);
            // An odd step visits all of a power of two; other keys that began at the same place go other ways.
            long step = StableHash.below(key + "/step", count) | 1;
            for (long i = 0; i < Math.min(count, GREATEST_COUNT); i++) {
                Subnet candidate = subnet(pool, (start + i * step) & (count - 1));
                if (free.test(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Says of each pool what is in its way. */
    private NetworkException exhausted(OccupiedSubnets occupied) {
        List<String> reasons = new ArrayList<>();
        for (Subnet pool : pools) {
            Set<String> holders = new LinkedHashSet<>();
            occupied.around(pool)
                    .or(() -> occupied.conflict(pool))
                    .map(holding -> holding.holder().get())
                    .ifPresent(holders::add);
            String others = occupied.around(pool).isPresent() ? "" : " and others";
            reasons.add(pool + " has " + String.join(", ", holders) + others);
        }
        return new NetworkException("no free /%d subnet: %s; name a subnet in the network's ipam.config"
                .formatted(prefixLength, String.join("; ", reasons)));
    }

    private Subnet subnet(Subnet pool, long index) {
        if (!pool.v6()) {
            return new Subnet(pool.address().plus(index << (32 - prefixLength)), prefixLength);
        }
        long high = pool.address().high() | (index << (64 - prefixLength));
        return new Subnet(new IpAddress(true, high, 0), prefixLength);
    }
}
