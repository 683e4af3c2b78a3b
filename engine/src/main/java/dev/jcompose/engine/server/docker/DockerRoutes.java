package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineApi;
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
        ContainerFinder finder = new ContainerFinder(engine);
        Execs execs = new Execs();
        EngineInfo info = new EngineInfo(engine);
        ImageRoutes.add(routes, engine.images(), clock);
        VolumeRoutes.add(routes, engine.volumes());
        NetworkRoutes.add(routes, engine.networks(), clock);
        return ContainerRoutes.add(routes, engine, pool, clock)
                .route("GET", "/_ping", info::ping)
                .route("GET", "/version", info::version)
                .route("GET", "/info", info::info)
                .route("POST", "/containers/{id}/exec", new ExecCreate(finder, execs))
                .route("POST", "/exec/{id}/start", new ExecStart(engine, execs, pool))
                .route("POST", "/exec/{id}/resize", exchange -> resize(execs, exchange))
                .route(
                        "GET",
                        "/exec/{id}/json",
                        exchange -> exchange.respond(
                                200, execs.get(exchange.parameter("id")).json()))
                .route("GET", "/system/df", new SystemDf(engine, finder, new ContainerJson(clock)))
                .route("POST", "/commit", new Commit(engine))
                .route("GET", "/events", new DockerEvents(engine));
    }

    private static void resize(Execs execs, Exchange exchange) {
        Exec exec = execs.get(exchange.parameter("id"));
        exec.resize(TerminalSize.rows(exchange), TerminalSize.columns(exchange));
        exchange.respondEmpty(200);
    }
}
