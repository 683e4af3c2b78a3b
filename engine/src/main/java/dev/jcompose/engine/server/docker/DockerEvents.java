package dev.jcompose.engine.server.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code GET /events}: what happens, in Docker's words, until the client leaves. */
final class DockerEvents implements Endpoint {
    private static final Map<String, String> ACTIONS = Map.of(
            Event.Action.CREATED, "create",
            Event.Action.STARTED, "start",
            Event.Action.STOPPED, "stop",
            Event.Action.KILLED, "kill",
            Event.Action.EXITED, "die",
            Event.Action.REMOVED, "destroy",
            Event.Action.HEALTHY, "health_status: healthy",
            Event.Action.UNHEALTHY, "health_status: unhealthy");

    private final EngineApi engine;

    DockerEvents(EngineApi engine) {
        this.engine = engine;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        OutputStream out = exchange.stream("application/json");
        try {
            engine.events(Optional.empty(), event -> write(out, event));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(OutputStream out, Event event) {
        String action = ACTIONS.get(event.action());
        if (action == null) {
            return;
        }
        Map<String, String> attributes = new LinkedHashMap<>(event.attributes());
        attributes.put("name", event.name());
        Instant time = event.time();
        JsonObject json = JsonObject.create()
                .put("Type", event.resource().name().toLowerCase(Locale.ROOT))
                .put("Action", action)
                .put("Actor", JsonObject.create().put("ID", event.id()).put("Attributes", attributes))
                .put("scope", "local")
                .put("time", time.getEpochSecond())
                .put("timeNano", time.getEpochSecond() * 1_000_000_000L + time.getNano());
        try {
            out.write((json + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
