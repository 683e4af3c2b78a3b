package dev.jcompose.network.ipam;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Subnet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The subnets that are in use, for questions whose cost does not grow with their number: of two subnets that overlap,
 * one holds the other. Immutable.
 */
public final class OccupiedSubnets {
    /** Nothing is in use. */
    public static final OccupiedSubnets NONE = new OccupiedSubnets(List.of());

    private final Map<Subnet, OccupiedSubnet> bySubnet = new HashMap<>();
    private final NavigableMap<IpAddress, OccupiedSubnet> byStart = new TreeMap<>();

    /** Of several holders of one subnet, the first is named. */
    public OccupiedSubnets(Collection<OccupiedSubnet> all) {
        for (OccupiedSubnet occupied : all) {
            bySubnet.putIfAbsent(occupied.subnet(), occupied);
            byStart.putIfAbsent(occupied.subnet().address(), occupied);
        }
    }

    /** What {@code subnet} would collide with. */
    public Optional<OccupiedSubnet> conflict(Subnet subnet) {
        return around(subnet)
                .or(() -> Optional.ofNullable(byStart.ceilingEntry(subnet.address()))
                        .map(Map.Entry::getValue)
                        .filter(occupied -> subnet.contains(occupied.subnet().address())));
    }

    /** What all of {@code subnet} is in, the widest first. */
    public Optional<OccupiedSubnet> around(Subnet subnet) {
        for (int length = 0; length <= subnet.prefixLength(); length++) {
            OccupiedSubnet wider = bySubnet.get(Subnet.around(subnet.address(), length));
            if (wider != null) {
                return Optional.of(wider);
            }
        }
        return Optional.empty();
    }
}
