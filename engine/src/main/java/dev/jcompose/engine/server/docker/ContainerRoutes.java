package dev.jcompose.engine.server.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.server.http.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table of what is under {@code /containers}. */
final class ContainerRoutes {
    private final ContainerOperations containers;
    private final ContainerFinder finder;

    private ContainerRoutes(ContainerOperations containers, ContainerFinder finder) {
        this.containers = containers;
        this.finder = finder;
    }

    static Router.Builder add(Router.Builder routes, EngineApi engine, Executor pool, Clock clock) {
        ContainerFinder finder = new ContainerFinder(engine);
        ContainerRoutes all = new ContainerRoutes(engine.containers(), finder);
        Archive archive = new Archive(engine.containers(), finder);
        Usage usage = new Usage(engine.containers(), finder);
        ContainerJson json = new ContainerJson(clock);
        return routes.route("GET", "/containers/json", new ContainerList(finder, json))
                .route("POST", "/containers/create", new ContainerCreate(engine))
                .route(
                        "GET",
                        "/containers/{id}/json",
                        exchange -> exchange.respond(200, inspected(engine, finder, exchange)))
                .route("GET", "/containers/{id}/logs", new ContainerLogs(engine, finder))
                .route("POST", "/containers/{id}/start", all::start)
                .route("POST", "/containers/{id}/stop", all::stop)
                .route("POST", "/containers/{id}/restart", all::restart)
                .route("POST", "/containers/{id}/kill", all::kill)
                .route("POST", "/containers/{id}/pause", all.simple(engine.containers()::pause))
                .route("POST", "/containers/{id}/unpause", all.simple(engine.containers()::unpause))
                .route("POST", "/containers/{id}/wait", all::await)
                .route("POST", "/containers/{id}/attach", new Attach(engine.containers(), finder, pool))
                .route("POST", "/containers/{id}/resize", all::resize)
                .route("GET", "/containers/{id}/archive", archive::get)
                .route("PUT", "/containers/{id}/archive", archive::put)
                .route("GET", "/containers/{id}/export", archive::export)
                .route("GET", "/containers/{id}/top", usage::top)
                .route("GET", "/containers/{id}/stats", usage::stats)
                .route("DELETE", "/containers/{id}", all::remove);
    }

    private String id(Exchange exchange) {
        return container(exchange).id();
    }

    private ContainerSummary container(Exchange exchange) {
        return finder.get(exchange.parameter("id"));
    }

    private static Map<String, @Nullable Object> inspected(
            EngineApi engine, ContainerFinder finder, Exchange exchange) {
        String id = finder.get(exchange.parameter("id")).id();
        return JsonObject.parse(engine.containers().inspect(id)).members();
    }

    private Endpoint simple(Consumer<String> operation) {
        return exchange -> {
            operation.accept(id(exchange));
            exchange.respondEmpty(204);
        };
    }

    private void start(Exchange exchange) {
        exchange.respondEmpty(containers.start(id(exchange)) ? 204 : 304);
    }

    private void stop(Exchange exchange) {
        exchange.respondEmpty(containers.stop(id(exchange), seconds(exchange)) ? 204 : 304);
    }

    private void restart(Exchange exchange) {
        containers.restart(id(exchange), seconds(exchange));
        exchange.respondEmpty(204);
    }

    private void kill(Exchange exchange) {
        containers.kill(
                id(exchange),
                exchange.query("signal").filter(signal -> !signal.isEmpty()).orElse("SIGKILL"));
        exchange.respondEmpty(204);
    }

    private void resize(Exchange exchange) {
        containers.resize(id(exchange), TerminalSize.rows(exchange), TerminalSize.columns(exchange));
        exchange.respondEmpty(200);
    }

    private void remove(Exchange exchange) {
        containers.remove(id(exchange), exchange.queryFlag("force"), exchange.queryFlag("v"));
        exchange.respondEmpty(204);
    }

    /** The answer's head is sent when the wait has begun: it tells the client so. */
    private void await(Exchange exchange) throws IOException {
        String id = id(exchange);
        WaitCondition condition =
                WaitCondition.parse(exchange.query("condition").orElse(""));
        var answer = new CompletableFuture<OutputStream>();
        int code = containers.await(id, condition, () -> answer.complete(exchange.stream("application/json")));
        answer.join().write((JsonObject.create().put("StatusCode", code) + "\n").getBytes(UTF_8));
    }

    /** Negative means that the client has no wish. */
    private static @Nullable Integer seconds(Exchange exchange) {
        return exchange.query("t")
                .map(Integer::valueOf)
                .filter(value -> value >= 0)
                .orElse(null);
    }
}
