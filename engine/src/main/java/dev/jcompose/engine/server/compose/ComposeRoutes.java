package dev.jcompose.engine.server.compose;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.server.http.Router;
import dev.jcompose.engine.wire.BuildRequests;
import dev.jcompose.engine.wire.DnsReports;
import dev.jcompose.engine.wire.ImageRequests;
import dev.jcompose.engine.wire.Listings;
import dev.jcompose.engine.wire.Requests;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of what is under {@code /compose}. */
public final class ComposeRoutes {
    private ComposeRoutes() {}

    /**
     * Adds the lines.
     *
     * @param stop begins to stop the engine and returns at once
     */
    public static Router.Builder add(Router.Builder routes, EngineApi engine, Runnable stop) {
        return routes.route("POST", "/compose/up", up(engine))
                .route("POST", "/compose/build", build(engine))
                .route("POST", "/compose/down", down(engine))
                .route("POST", "/compose/start", services(engine.projects()::start))
                .route("POST", "/compose/stop", services(engine.projects()::stop))
                .route("POST", "/compose/restart", services(engine.projects()::restart))
                .route("POST", "/compose/kill", services((request, listener) -> kill(engine, request, listener)))
                .route("POST", "/compose/run", run(engine))
                .route("POST", "/compose/remove", services(engine.projects()::remove))
                .route("POST", "/compose/pull", pull(engine.images()))
                .route("POST", "/compose/push", push(engine.images()))
                .route("POST", "/compose/login", login(engine.images()))
                .route("POST", "/compose/logout", logout(engine.images()))
                .route("POST", "/compose/resolve", resolve(engine.images()))
                .route("GET", "/compose/disk-usage", diskUsage(engine.images()))
                .route("POST", "/compose/logs", new LogStream(engine))
                .route("GET", "/compose/events", events(engine))
                .route("GET", "/compose/containers", containers(engine))
                .route("POST", "/compose/containers/{id}/erase", erase(engine))
                .route("GET", "/compose/projects", projects(engine))
                .route("GET", "/compose/dns", dns(engine))
                .route("POST", "/compose/engine/stop", new StopEngine(engine, stop));
    }

    private static Endpoint up(EngineApi engine) {
        return exchange -> {
            var request = Requests.readUp(exchange.json());
            EventStream.answer(exchange, listener -> engine.projects().up(request, listener));
        };
    }

    private static Endpoint build(EngineApi engine) {
        return exchange -> {
            var request = BuildRequests.read(exchange.json());
            EventStream.answer(exchange, listener -> engine.builds().build(request, listener));
        };
    }

    private static Endpoint run(EngineApi engine) {
        return exchange -> {
            var request = Requests.readRun(exchange.json());
            // The client finds the id in the event of the creation.
            EventStream.answer(exchange, listener -> engine.projects().createRun(request, listener));
        };
    }

    private static Endpoint down(EngineApi engine) {
        return exchange -> {
            var request = Requests.readDown(exchange.json());
            EventStream.answer(exchange, listener -> engine.projects().down(request, listener));
        };
    }

    @FunctionalInterface
    private interface ServicesOperation {
        void run(ServicesRequest request, EventListener listener);
    }

    private static Endpoint services(ServicesOperation operation) {
        return exchange -> {
            var request = Requests.readServices(exchange.json());
            EventStream.answer(exchange, listener -> operation.run(request, listener));
        };
    }

    private static void kill(EngineApi engine, ServicesRequest request, EventListener listener) {
        if (request.signal() == null) {
            throw new EngineException(EngineException.Kind.INVALID, "kill needs a signal");
        }
        engine.projects().kill(request, listener);
    }

    private static Endpoint events(EngineApi engine) {
        return exchange -> {
            EventsRequest request =
                    new EventsRequest(project(exchange), time(exchange, "since"), time(exchange, "until"));
            EventStream.follow(exchange, (begun, listener) -> engine.events(request, begun, listener));
        };
    }

    private static @Nullable Instant time(Exchange exchange, String name) {
        try {
            return exchange.query(name).map(Instant::parse).orElse(null);
        } catch (DateTimeParseException e) {
            throw new EngineException(
                    EngineException.Kind.INVALID, name + " is no time such as 2026-01-02T13:23:37Z", e);
        }
    }

    private static Endpoint containers(EngineApi engine) {
        return exchange -> exchange.respond(
                200,
                engine.containers().list(project(exchange)).stream()
                        .map(Listings::write)
                        .toList());
    }

    private static Endpoint erase(EngineApi engine) {
        return exchange -> {
            engine.containers().erase(exchange.parameter("id"), exchange.json().strings("paths"));
            exchange.respondEmpty(200);
        };
    }

    private static Endpoint projects(EngineApi engine) {
        return exchange -> exchange.respond(
                200, engine.projects().list().stream().map(Listings::write).toList());
    }

    private static Endpoint pull(ImageOperations images) {
        return exchange -> {
            var request = ImageRequests.readPull(exchange.json());
            EventStream.answer(exchange, listener -> images.pull(request, listener));
        };
    }

    private static Endpoint push(ImageOperations images) {
        return exchange -> {
            var request = ImageRequests.readPush(exchange.json());
            EventStream.answer(exchange, listener -> images.push(request, listener));
        };
    }

    private static Endpoint login(ImageOperations images) {
        return exchange -> {
            String file = images.login(ImageRequests.readLoginRequest(exchange.json()));
            exchange.respond(200, JsonObject.create().put("file", file));
        };
    }

    private static Endpoint logout(ImageOperations images) {
        return exchange -> {
            JsonObject request = exchange.json();
            boolean there = images.logout(request.string("registry"), request.stringMap("environment"));
            exchange.respond(200, JsonObject.create().put("there", there));
        };
    }

    private static Endpoint resolve(ImageOperations images) {
        return exchange -> {
            JsonObject request = exchange.json();
            String digest = images.resolve(request.string("image"), request.stringMap("environment"));
            exchange.respond(200, JsonObject.create().put("digest", digest));
        };
    }

    private static Endpoint diskUsage(ImageOperations images) {
        return exchange -> exchange.respond(
                200, images.diskUsage().stream().map(ImageRequests::write).toList());
    }

    private static Endpoint dns(EngineApi engine) {
        return exchange -> exchange.respond(
                200,
                DnsReports.write(engine.dns()
                        .resolve(
                                exchange.query("container").orElse(""),
                                exchange.query("name").orElse(""),
                                exchange.query("type").orElse("A"))));
    }

    private static Optional<String> project(Exchange exchange) {
        return exchange.query("project").filter(name -> !name.isEmpty());
    }
}
