package dev.jcompose.engine.server.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.UsageJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** {@code GET /containers/{id}/top} and {@code /stats}. */
final class Usage {
    private final ContainerOperations containers;
    private final ContainerFinder finder;

    Usage(ContainerOperations containers, ContainerFinder finder) {
        this.containers = containers;
        this.finder = finder;
    }

    void top(Exchange exchange) {
        String arguments = exchange.query("ps_args").orElse("-ef");
        if (!arguments.isEmpty() && !arguments.equals("-ef") && !arguments.equals("ef")) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "ps_args \"" + arguments + "\" is not supported: only -ef is");
        }
        exchange.respond(200, UsageJson.write(containers.top(id(exchange))));
    }

    private String id(Exchange exchange) {
        return finder.get(exchange.parameter("id")).id();
    }

    /** A sample each second, and the one before it; a single one with {@code stream=0}. */
    void stats(Exchange exchange) throws IOException {
        String id = id(exchange);
        ContainerStats before = containers.stats(id);
        boolean once = exchange.query("stream").isPresent() && !exchange.queryFlag("stream");
        if (once && exchange.queryFlag("one-shot")) {
            exchange.respond(200, named(exchange, UsageJson.write(before, before)));
            return;
        }
        OutputStream out = exchange.stream("application/json");
        do {
            pause();
            ContainerStats now = containers.stats(id);
            out.write(UsageJson.line(named(exchange, UsageJson.write(now, before)))
                    .getBytes(UTF_8));
            before = now;
        } while (!once);
    }

    private JsonObject named(Exchange exchange, JsonObject numbers) {
        ContainerSummary container = finder.get(exchange.parameter("id"));
        return numbers.put("id", container.id()).put("name", "/" + container.name());
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineException.Kind.CANCELLED, "nobody reads the samples any more", e);
        }
    }
}
