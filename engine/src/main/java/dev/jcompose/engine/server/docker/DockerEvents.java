package dev.jcompose.engine.server.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.DockerActions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code GET /events}: what happens, in Docker's words, and with filters, until the client leaves. */
final class DockerEvents implements Endpoint {
    private final EngineApi engine;

    DockerEvents(EngineApi engine) {
        this.engine = engine;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        EventFilter filter = EventFilter.parse(exchange.query("filters").orElse(""));
        EventsRequest request = new EventsRequest(Optional.empty(), time(exchange, "since"), time(exchange, "until"));
        AtomicReference<@Nullable OutputStream> out = new AtomicReference<>();
        try {
            // Who has the head of the answer takes it that what happens from then on is told.
            engine.events(
                    request,
                    () -> out.set(exchange.stream("application/json")),
                    event -> DockerActions.of(event)
                            .filter(action -> filter.accepts(event, action))
                            .ifPresent(action -> write(Objects.requireNonNull(out.get()), event, action)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Seconds since 1970, with nanoseconds behind a point. */
    private static @Nullable Instant time(Exchange exchange, String name) {
        String text = exchange.query(name).orElse("");
        if (text.isEmpty()) {
            return null;
        }
        try {
            BigDecimal seconds = new BigDecimal(text);
            return Instant.ofEpochSecond(
                    seconds.longValue(),
                    seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
        } catch (NumberFormatException e) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "%s \"%s\" is not seconds since 1970".formatted(name, text), e);
        }
    }

    private static void write(OutputStream out, Event event, String action) {
        Map<String, String> attributes = new LinkedHashMap<>(event.attributes());
        attributes.put("name", event.name());
        Instant time = event.time();
        JsonObject json = JsonObject.create();
        if (event.resource() == Event.Resource.CONTAINER) {
            // Docker's first words for the same, which clients still look for.
            json.put("status", action).put("id", event.id());
            json.put("from", event.attributes().getOrDefault("image", ""));
        }
        json.put("Type", EventFilter.type(event))
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
