package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.ErrorAnswer;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.server.http.Router;
import java.time.Clock;
import java.util.concurrent.Executor;

/** The table of what the Docker Engine API has. */
public final class DockerRoutes {
    private DockerRoutes() {}

    /**
     * Adds the lines.
     *
     * @param pool copies the input of execs
     */
    public static Router.Builder add(Router.Builder routes, EngineApi engine, Executor pool, Clock clock) {
        Containers containers = new Containers(engine);
        ContainerJson json = new ContainerJson(clock);
        Execs execs = new Execs();
        EngineInfo info = new EngineInfo(engine);
        Endpoint inspect = exchange -> exchange.respond(200, json.inspected(containers.get(exchange.parameter("id"))));
        return routes.route("GET", "/_ping", info::ping)
                .route("GET", "/version", info::version)
                .route("GET", "/info", info::info)
                .route("GET", "/containers/json", new ContainerList(containers, json))
                .route("GET", "/containers/{id}/json", inspect)
                .route("GET", "/containers/{id}/logs", new ContainerLogs(engine, containers))
                .route(
                        "POST",
                        "/containers/{id}/start",
                        new ContainerAction(containers, engine::start, ContainerSummary::isRunning))
                .route(
                        "POST",
                        "/containers/{id}/stop",
                        new ContainerAction(containers, engine::stop, container -> !container.isRunning()))
                .route(
                        "POST",
                        "/containers/{id}/restart",
                        new ContainerAction(containers, engine::restart, container -> false))
                .route(
                        "POST",
                        "/containers/{id}/kill",
                        new ContainerAction(containers, engine::kill, container -> false))
                .route("DELETE", "/containers/{id}", DockerRoutes::refuseRemove)
                .route("POST", "/containers/{id}/exec", new ExecCreate(containers, execs))
                .route("POST", "/exec/{id}/start", new ExecStart(engine, execs, pool))
                .route("POST", "/exec/{id}/resize", exchange -> resize(execs, exchange))
                .route(
                        "GET",
                        "/exec/{id}/json",
                        exchange -> exchange.respond(
                                200, execs.get(exchange.parameter("id")).json()))
                .route("GET", "/images/json", new ImageList(engine))
                .route("POST", "/images/load", new ImageLoad(engine))
                .route("POST", "/commit", new Commit(engine))
                .route("GET", "/events", new DockerEvents(engine));
    }

    private static void resize(Execs execs, Exchange exchange) {
        Exec exec = execs.get(exchange.parameter("id"));
        exec.resize(size(exchange, "h"), size(exchange, "w"));
        exchange.respondEmpty(200);
    }

    private static int size(Exchange exchange, String name) {
        return exchange.query(name)
                .map(Integer::valueOf)
                .orElseThrow(() ->
                        new EngineException(EngineException.Kind.INVALID, "the query has no \"%s\"".formatted(name)));
    }

    /** The engine removes by project, and would set up again what is missing from one. */
    private static void refuseRemove(Exchange exchange) {
        exchange.respond(
                501,
                ErrorAnswer.of(
                        EngineException.Kind.INVALID, "containers are removed with their project: use jcompose down"));
    }
}
