package dev.jcompose.engine.inspect;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ContainerSummary.Publisher;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.NetworkSummary.Endpoint;
import dev.jcompose.engine.api.NetworkSummary.Pool;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.ServiceNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code NetworkSettings}: addresses and published ports. */
final class InspectedNetworks {
    private final Facts facts;

    private InspectedNetworks(Facts facts) {
        this.facts = facts;
    }

    static JsonObject of(Facts facts) {
        return new InspectedNetworks(facts).settings();
    }

    private JsonObject settings() {
        ContainerSummary summary = facts.summary();
        Map<String, Object> networks = new LinkedHashMap<>();
        Map<String, String> keys = keysByName();
        for (String name : new TreeSet<>(summary.networks().keySet())) {
            networks.put(name, network(name, facts.service().networks().get(keys.getOrDefault(name, ""))));
        }
        var process = facts.container().status().process();
        return JsonObject.create()
                .put("SandboxID", summary.isRunning() ? summary.id() : "")
                .put("SandboxKey", process == null ? "" : "/proc/" + process.pid() + "/ns/net")
                .put("Ports", ports(summary))
                .put(
                        "IPAddress",
                        new TreeSet<>(summary.networks().values())
                                .stream()
                                        .filter(address -> !address.isEmpty())
                                        .findFirst()
                                        .orElse(""))
                .put("Networks", networks);
    }

    /** The keys of the networks in the Compose file, by the names of the networks. */
    private Map<String, String> keysByName() {
        Map<String, String> keys = new LinkedHashMap<>();
        facts.container().project().networks().forEach((key, network) -> keys.put(network.name(), key));
        return keys;
    }

    private static Map<String, List<Object>> ports(ContainerSummary summary) {
        Map<String, List<Object>> ports = new LinkedHashMap<>();
        for (Publisher port : summary.publishers()) {
            List<Object> bindings =
                    ports.computeIfAbsent(port.targetPort() + "/" + port.protocol(), key -> new ArrayList<>());
            if (port.publishedPort() > 0) {
                bindings.add(JsonObject.create()
                        .put("HostIp", port.url())
                        .put("HostPort", Integer.toString(port.publishedPort())));
            }
        }
        return ports;
    }

    private JsonObject network(String name, @Nullable ServiceNetwork asked) {
        List<String> aliases = new ArrayList<>(List.of(facts.summary().name()));
        if (!facts.summary().oneOff()) {
            aliases.add(facts.summary().service());
        }
        aliases.addAll(asked == null ? List.of() : asked.aliases());
        JsonObject json = JsonObject.create()
                .put("IPAMConfig", null)
                .put("Links", null)
                .put("Aliases", aliases)
                .put("DNSNames", aliases)
                .put("DriverOpts", asked == null || asked.driverOpts().isEmpty() ? null : asked.driverOpts());
        NetworkSummary network = facts.networks().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
        Endpoint endpoint = network == null
                ? null
                : network.endpoints().stream()
                        .filter(one -> one.container().equals(facts.summary().id()))
                        .findFirst()
                        .orElse(null);
        return json.put("NetworkID", network == null ? "" : network.id())
                .put("EndpointID", endpoint == null ? "" : endpoint.id())
                .put("Gateway", endpoint == null || endpoint.ipv4().isEmpty() ? "" : gateway(network, false))
                .put("IPAddress", endpoint == null ? "" : address(endpoint.ipv4()))
                .put("IPPrefixLen", endpoint == null ? 0 : prefix(endpoint.ipv4()))
                .put("IPv6Gateway", endpoint == null || endpoint.ipv6().isEmpty() ? "" : gateway(network, true))
                .put("GlobalIPv6Address", endpoint == null ? "" : address(endpoint.ipv6()))
                .put("GlobalIPv6PrefixLen", endpoint == null ? 0 : prefix(endpoint.ipv6()))
                .put("MacAddress", endpoint == null ? "" : endpoint.mac());
    }

    private static String gateway(@Nullable NetworkSummary network, boolean v6) {
        return network == null
                ? ""
                : network.pools().stream()
                        .filter(pool -> pool.subnet().contains(":") == v6)
                        .map(Pool::gateway)
                        .findFirst()
                        .orElse("");
    }

    private static String address(String withPrefix) {
        return withPrefix.replaceFirst("/.*", "");
    }

    private static int prefix(String withPrefix) {
        int slash = withPrefix.indexOf('/');
        return slash < 0 ? 0 : Integer.parseInt(withPrefix.substring(slash + 1));
    }
}
