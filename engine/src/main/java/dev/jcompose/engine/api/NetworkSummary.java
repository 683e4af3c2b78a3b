package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network that exists.
 *
 * @param id 64 hexadecimal digits; another one each time that it is made
 * @param project that made it, empty for none
 * @param driver {@code bridge}, {@code macvlan}, {@code ipvlan}, {@code host}, {@code null}
 * @param options of the driver
 * @param endpoints who is on it now
 */
public record NetworkSummary(
        String id,
        String name,
        String project,
        Instant createdAt,
        String driver,
        boolean internal,
        boolean attachable,
        boolean enableIpv4,
        boolean enableIpv6,
        List<Pool> pools,
        Map<String, String> options,
        Map<String, String> labels,
        List<Endpoint> endpoints) {
    public NetworkSummary {
        pools = List.copyOf(pools);
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
        endpoints = List.copyOf(endpoints);
    }

    /**
     * A subnet.
     *
     * @param ipRange empty for all of the subnet
     * @param gateway empty for the first address
     * @param auxiliary addresses that something else has, by name
     */
    public record Pool(String subnet, String ipRange, String gateway, Map<String, String> auxiliary) {
        public Pool {
            auxiliary = Map.copyOf(auxiliary);
        }
    }

    /**
     * A container on the network.
     *
     * @param id of this place on the network
     * @param container its id
     * @param name of the container
     * @param ipv4 with its prefix, empty for none
     * @param ipv6 likewise
     */
    public record Endpoint(String id, String container, String name, String mac, String ipv4, String ipv6) {}

    /**
     * The network that somebody means: by its name, its id, or the beginning of its id.
     *
     * @throws EngineException of kind INVALID when several ids begin so
     */
    public static Optional<NetworkSummary> find(List<NetworkSummary> networks, String wanted) {
        Optional<NetworkSummary> exact = networks.stream()
                .filter(network -> network.name().equals(wanted) || network.id().equals(wanted))
                .findFirst();
        if (exact.isPresent() || wanted.isEmpty()) {
            return exact;
        }
        List<NetworkSummary> found = networks.stream()
                .filter(network -> network.id().startsWith(wanted))
                .toList();
        if (found.size() > 1) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "network %s is ambiguous: several ids begin so".formatted(wanted));
        }
        return found.stream().findFirst();
    }

    /** The first twelve digits. */
    public String shortId() {
        return id.substring(0, 12);
    }

    /** Whether it has a label, given as {@code NAME} or {@code NAME=VALUE}. */
    boolean hasLabel(String label) {
        int equals = label.indexOf('=');
        return equals < 0
                ? labels.containsKey(label)
                : label.substring(equals + 1).equals(labels.get(label.substring(0, equals)));
    }

    /** Whether it is always there. */
    public boolean isPredefined() {
        return createdAt.equals(Instant.EPOCH);
    }
}
