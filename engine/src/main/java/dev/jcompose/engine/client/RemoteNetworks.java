package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.ConnectRequest;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.PruneNetworksRequest;
import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.NetworkJson;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine's networks, by Docker's endpoints. */
final class RemoteNetworks implements NetworkOperations {
    private final Requester requester;

    RemoteNetworks(Requester requester) {
        this.requester = requester;
    }

    @Override
    public List<NetworkSummary> list() {
        return requester.ask(
                "GET",
                "/networks",
                null,
                response -> JsonObject.parseAll(response.text()).stream()
                        .map(NetworkJson::read)
                        .toList());
    }

    @Override
    public NetworkSummary create(NetworkRequest request) {
        String id = requester.ask(
                "POST",
                "/networks/create",
                NetworkJson.write(request),
                response -> JsonObject.parse(response.text()).string("Id"));
        return requester.ask(
                "GET", "/networks/" + id, null, response -> NetworkJson.read(JsonObject.parse(response.text())));
    }

    @Override
    public List<String> prune(PruneNetworksRequest request) {
        Map<String, Object> filters = new HashMap<>();
        filters.put("label", request.labels());
        Instant until = request.until();
        if (until != null) {
            filters.put("until", List.of(until.toString()));
        }
        String query = URLEncoder.encode(Json.write(filters), UTF_8);
        return requester.ask(
                "POST",
                "/networks/prune?filters=" + query,
                null,
                response -> JsonObject.parse(response.text()).strings("NetworksDeleted"));
    }

    @Override
    public void connect(String network, ConnectRequest request) {
        requester.ask("POST", path(network) + "/connect", NetworkJson.write(request), response -> Optional.empty());
    }

    @Override
    public void disconnect(String network, String container) {
        JsonObject request = JsonObject.create().put("Container", container).put("Force", false);
        requester.ask("POST", path(network) + "/disconnect", request, response -> Optional.empty());
    }

    private static String path(String network) {
        return "/networks/" + URLEncoder.encode(network, UTF_8);
    }

    @Override
    public void remove(String network) {
        requester.ask("DELETE", path(network), null, response -> Optional.empty());
    }
}
