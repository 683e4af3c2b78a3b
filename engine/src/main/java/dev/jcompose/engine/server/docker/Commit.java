package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.CommitQuery;

/** {@code POST /commit}: makes an image of a container. */
final class Commit implements Endpoint {
    private final EngineApi engine;

    Commit(EngineApi engine) {
        this.engine = engine;
    }

    @Override
    public void handle(Exchange exchange) {
        String id = engine.containers().commit(CommitQuery.read(exchange::query));
        exchange.respond(201, JsonObject.create().put("Id", id));
    }
}
