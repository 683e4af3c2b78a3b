package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.NetworkFilter;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.PruneNetworksRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.server.http.Router;
import dev.jcompose.engine.wire.NetworkJson;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The table of what is under {@code /networks}. */
final class NetworkRoutes {
    private final NetworkOperations networks;
    private final Clock clock;

    private NetworkRoutes(NetworkOperations networks, Clock clock) {
        this.networks = networks;
        this.clock = clock;
    }

    static Router.Builder add(Router.Builder routes, NetworkOperations networks, Clock clock) {
        NetworkRoutes all = new NetworkRoutes(networks, clock);
        return routes.route("GET", "/networks", all::list)
                .route("POST", "/networks/create", all::create)
                .route("POST", "/networks/prune", all::prune)
                .route("GET", "/networks/{id}", all::inspect)
                .route("POST", "/networks/{id}/connect", all::connect)
                .route("POST", "/networks/{id}/disconnect", all::disconnect)
                .route("DELETE", "/networks/{id}", all::remove);
    }

    private void list(Exchange exchange) {
        NetworkFilter filter =
                new NetworkFilter(Filters.lists(exchange.query("filters").orElse("")));
        exchange.respond(
                200,
                networks.list().stream()
                        .filter(filter::accepts)
                        .map(NetworkJson::write)
                        .toList());
    }

    private void inspect(Exchange exchange) {
        String wanted = exchange.parameter("id");
        NetworkSummary network = NetworkSummary.find(networks.list(), wanted)
                .orElseThrow(() -> new EngineException(Kind.NOT_FOUND, "network " + wanted + " not found"));
        exchange.respond(200, NetworkJson.write(network));
    }

    private void create(Exchange exchange) throws IOException {
        NetworkSummary made = networks.create(NetworkJson.readRequest(exchange.json()));
        exchange.respond(201, JsonObject.create().put("Id", made.id()).put("Warning", ""));
    }

    private void connect(Exchange exchange) throws IOException {
        networks.connect(exchange.parameter("id"), NetworkJson.readConnect(exchange.json()));
        exchange.respondEmpty(200);
    }

    private void disconnect(Exchange exchange) throws IOException {
        networks.disconnect(exchange.parameter("id"), exchange.json().string("Container", ""));
        exchange.respondEmpty(200);
    }

    /** Filters as Docker has them: {@code label}, {@code until}. */
    private void prune(Exchange exchange) {
        Map<String, List<String>> filters =
                Filters.lists(exchange.query("filters").orElse(""));
        List<String> until = filters.getOrDefault("until", List.of());
        List<String> removed = networks.prune(new PruneNetworksRequest(
                filters.getOrDefault("label", List.of()),
                until.isEmpty() ? null : Filters.instant(until.get(0), clock.instant())));
        exchange.respond(200, JsonObject.create().put("NetworksDeleted", removed));
    }

    private void remove(Exchange exchange) {
        networks.remove(exchange.parameter("id"));
        exchange.respondEmpty(204);
    }
}
