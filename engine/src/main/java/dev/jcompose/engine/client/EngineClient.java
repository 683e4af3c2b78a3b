package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.BuildOperations;
import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.DnsOperations;
import dev.jcompose.engine.api.DnsReport;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.VolumeOperations;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.BuildRequests;
import dev.jcompose.engine.wire.DnsReports;
import dev.jcompose.engine.wire.LogFrames;
import dev.jcompose.engine.wire.LogsQuery;
import java.io.DataInputStream;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine behind a socket. Every call has a connection of its own, so any thread may call at any time. */
public final class EngineClient implements EngineApi {
    private final Requester requester;

    /** Connects to nothing yet. */
    public EngineClient(Path socket) {
        this.requester = new Requester(socket);
    }

    @Override
    public EngineVersion version() {
        return requester.ask("GET", "/version", null, response -> {
            JsonObject json = JsonObject.parse(response.text());
            return new EngineVersion(
                    json.string("OwnVersion", json.string("Version")), json.string("BuildId", ""), json.number("Pid"));
        });
    }

    @Override
    public ProjectOperations projects() {
        return new RemoteProjects(requester);
    }

    @Override
    public ContainerOperations containers() {
        return new RemoteContainers(requester);
    }

    @Override
    public ImageOperations images() {
        return new RemoteImages(requester);
    }

    @Override
    public BuildOperations builds() {
        return (request, listener) -> requester.operate("/compose/build", BuildRequests.write(request), listener);
    }

    @Override
    public NetworkOperations networks() {
        return new RemoteNetworks(requester);
    }

    @Override
    public DnsOperations dns() {
        return this::resolve;
    }

    private DnsReport resolve(String container, String name, String type) {
        return requester.ask(
                "GET",
                "/compose/dns?container=" + encoded(container) + "&name=" + encoded(name) + "&type=" + encoded(type),
                null,
                response -> DnsReports.read(JsonObject.parse(response.text())));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    @Override
    public VolumeOperations volumes() {
        return new RemoteVolumes(requester);
    }

    @Override
    public void logs(LogsRequest request, LogListener listener) {
        requester.ask("POST", "/compose/logs", LogsQuery.write(request), response -> {
            LogFrames.read(new DataInputStream(response.body()), listener);
            return Optional.empty();
        });
    }

    @Override
    public void events(EventsRequest request, Runnable begun, EventListener listener) {
        StringBuilder query = new StringBuilder(Requester.query(request.project()));
        add(query, "since", request.since());
        add(query, "until", request.until());
        requester.follow("GET", "/compose/events" + query, null, begun, listener);
    }

    private static void add(StringBuilder query, String name, @Nullable Instant time) {
        if (time != null) {
            query.append(query.length() == 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(time);
        }
    }

    /**
     * Asks the engine to leave. Its containers run on.
     *
     * @param force also while containers run
     * @throws EngineException of kind CONFLICT when it is in use
     */
    public void stopEngine(boolean force) {
        requester.ask("POST", "/compose/engine/stop?force=" + (force ? 1 : 0), null, Response::text);
    }
}
