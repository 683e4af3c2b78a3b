package dev.jcompose.network.ipam;

import dev.jcompose.network.Subnet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which subnets were picked for networks, also for those that are removed. Immutable, and JSON-able.
 *
 * @param byNetwork key of a network to its subnets; the oldest first
 */
public record SubnetHistory(Map<String, List<Subnet>> byNetwork) {
    /** Nothing was picked yet. */
    public static final SubnetHistory EMPTY = new SubnetHistory(Map.of());

    private static final int GREATEST_SIZE = 4096;

    public SubnetHistory {
        byNetwork = Collections.unmodifiableMap(new LinkedHashMap<>(byNetwork));
    }

    /** The subnets that the network had last; none for a new one. */
    public List<Subnet> of(String network) {
        return byNetwork.getOrDefault(network, List.of());
    }

    /** What all but this network had. */
    OccupiedSubnets others(String network) {
        List<OccupiedSubnet> others = new ArrayList<>();
        byNetwork.forEach((name, subnets) -> {
            if (!name.equals(network)) {
                subnets.forEach(subnet -> others.add(new OccupiedSubnet(subnet, "network " + name)));
            }
        });
        return new OccupiedSubnets(others);
    }

    /** The same with what a network has now; the oldest are forgotten when there are more than 4096. */
    public SubnetHistory with(String network, List<Subnet> subnets) {
        Map<String, List<Subnet>> all = new LinkedHashMap<>(byNetwork);
        all.remove(network);
        all.put(network, List.copyOf(subnets));
        while (all.size() > GREATEST_SIZE) {
            all.remove(all.keySet().iterator().next());
        }
        return new SubnetHistory(all);
    }
}
