package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.ConnectRequest;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.NetworkSummary.Endpoint;
import dev.jcompose.engine.api.NetworkSummary.Pool;
import dev.jcompose.engine.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Docker's JSON of networks. */
public final class NetworkJson {
    private static final String PROJECT = "com.docker.compose.project";

    private NetworkJson() {}

    /** As {@code GET /networks/ID} has it. */
    public static JsonObject write(NetworkSummary network) {
        Map<String, Object> containers = new LinkedHashMap<>();
        network.endpoints().forEach(endpoint -> containers.put(endpoint.container(), write(endpoint)));
        return JsonObject.create()
                .put("Name", network.name())
                .put("Id", network.id())
                .put("Created", network.createdAt())
                .put("Scope", "local")
                .put("Driver", network.driver())
                .put("EnableIPv4", network.enableIpv4())
                .put("EnableIPv6", network.enableIpv6())
                .put("IPAM", ipam(network.pools()))
                .put("Internal", network.internal())
                .put("Attachable", network.attachable())
                .put("Ingress", false)
                .put("ConfigFrom", Map.of("Network", ""))
                .put("ConfigOnly", false)
                .put("Containers", containers)
                .put("Options", network.options())
                .put("Labels", network.labels());
    }

    private static JsonObject write(Endpoint endpoint) {
        return JsonObject.create()
                .put("Name", endpoint.name())
                .put("EndpointID", endpoint.id())
                .put("MacAddress", endpoint.mac())
                .put("IPv4Address", endpoint.ipv4())
                .put("IPv6Address", endpoint.ipv6());
    }

    private static JsonObject ipam(List<Pool> pools) {
        return JsonObject.create()
                .put("Driver", "default")
                .put("Options", Map.of())
                .put("Config", pools.stream().map(NetworkJson::pool).toList());
    }

    private static JsonObject pool(Pool pool) {
        JsonObject json = JsonObject.create().put("Subnet", pool.subnet());
        if (!pool.ipRange().isEmpty()) {
            json.put("IPRange", pool.ipRange());
        }
        if (!pool.gateway().isEmpty()) {
            json.put("Gateway", pool.gateway());
        }
        return pool.auxiliary().isEmpty() ? json : json.put("AuxiliaryAddresses", pool.auxiliary());
    }

    /** What {@link #write(NetworkSummary)} wrote. */
    public static NetworkSummary read(JsonObject json) {
        List<Endpoint> endpoints = new ArrayList<>();
        JsonObject containers = json.object("Containers");
        for (String id : containers.members().keySet()) {
            JsonObject endpoint = containers.object(id);
            endpoints.add(new Endpoint(
                    endpoint.string("EndpointID"),
                    id,
                    endpoint.string("Name"),
                    endpoint.string("MacAddress"),
                    endpoint.string("IPv4Address"),
                    endpoint.string("IPv6Address")));
        }
        Map<String, String> labels = json.stringMap("Labels");
        return new NetworkSummary(
                json.string("Id"),
                json.string("Name"),
                labels.getOrDefault(PROJECT, ""),
                json.instant("Created"),
                json.string("Driver"),
                json.flag("Internal"),
                json.flag("Attachable"),
                json.flag("EnableIPv4"),
                json.flag("EnableIPv6"),
                pools(json),
                json.stringMap("Options"),
                labels,
                endpoints);
    }

    private static List<Pool> pools(JsonObject network) {
        return !network.has("IPAM")
                ? List.of()
                : network.object("IPAM").objects("Config").stream()
                        .map(pool -> new Pool(
                                pool.string("Subnet", ""),
                                pool.string("IPRange", ""),
                                pool.string("Gateway", ""),
                                pool.has("AuxiliaryAddresses") ? pool.stringMap("AuxiliaryAddresses") : Map.of()))
                        .toList();
    }

    /** As {@code POST /networks/ID/connect} takes it. */
    public static JsonObject write(ConnectRequest request) {
        JsonObject addresses = JsonObject.create().put("LinkLocalIPs", request.linkLocal());
        if (request.ipv4() != null) {
            addresses.put("IPv4Address", request.ipv4());
        }
        if (request.ipv6() != null) {
            addresses.put("IPv6Address", request.ipv6());
        }
        JsonObject endpoint = JsonObject.create()
                .put("IPAMConfig", addresses)
                .put("Aliases", request.aliases())
                .put("DriverOpts", request.options())
                .put("GwPriority", request.gatewayPriority());
        if (request.mac() != null) {
            endpoint.put("MacAddress", request.mac());
        }
        return JsonObject.create().put("Container", request.container()).put("EndpointConfig", endpoint);
    }

    /** What {@link #write(ConnectRequest)} or a client of Docker wrote. */
    public static ConnectRequest readConnect(JsonObject json) {
        JsonObject endpoint = json.has("EndpointConfig") ? json.object("EndpointConfig") : JsonObject.create();
        JsonObject addresses = endpoint.has("IPAMConfig") ? endpoint.object("IPAMConfig") : JsonObject.create();
        return new ConnectRequest(
                json.string("Container", ""),
                endpoint.strings("Aliases"),
                text(addresses, "IPv4Address"),
                text(addresses, "IPv6Address"),
                addresses.strings("LinkLocalIPs"),
                text(endpoint, "MacAddress"),
                endpoint.has("DriverOpts") ? endpoint.stringMap("DriverOpts") : Map.of(),
                endpoint.integer("GwPriority", 0));
    }

    private static @Nullable String text(JsonObject json, String name) {
        String text = json.stringOrNull(name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** As {@code POST /networks/create} takes it. */
    public static JsonObject write(NetworkRequest request) {
        JsonObject json = JsonObject.create()
                .put("Name", request.name())
                .put("Driver", request.driver())
                .put("Internal", request.internal())
                .put("Attachable", request.attachable())
                .put("IPAM", ipam(request.pools()))
                .put("Options", request.options())
                .put("Labels", request.labels());
        if (request.enableIpv4() != null) {
            json.put("EnableIPv4", request.enableIpv4());
        }
        return request.enableIpv6() == null ? json : json.put("EnableIPv6", request.enableIpv6());
    }

    /** What {@link #write(NetworkRequest)} or a client of Docker wrote. */
    public static NetworkRequest readRequest(JsonObject json) {
        return new NetworkRequest(
                json.string("Name", ""),
                json.string("Driver", ""),
                json.flag("Internal"),
                json.flag("Attachable"),
                json.has("EnableIPv4") ? json.flag("EnableIPv4") : null,
                json.has("EnableIPv6") ? json.flag("EnableIPv6") : null,
                pools(json),
                json.stringMap("Options"),
                json.stringMap("Labels"));
    }
}
