package dev.jcompose.engine.server.compose;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code POST /compose/engine/stop}: the engine leaves if no container runs, with {@code force=1} in any case.
 * Containers that run do not notice.
 */
final class StopEngine implements Endpoint {
    private final EngineApi engine;
    private final Runnable stop;

    /**
     * Takes the way to stop.
     *
     * @param stop begins to stop the engine and returns at once; called when the answer is out
     */
    StopEngine(EngineApi engine, Runnable stop) {
        this.engine = engine;
        this.stop = stop;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        long running = engine.containers().list(Optional.empty()).stream()
                .filter(ContainerSummary::isRunning)
                .count();
        if (running > 0 && !exchange.queryFlag("force")) {
            throw new EngineException(
                    EngineException.Kind.CONFLICT, "the engine is in use: %d containers run".formatted(running));
        }
        exchange.respond(200, JsonObject.create().put("stopping", true));
        exchange.whenSent(stop);
    }
}
