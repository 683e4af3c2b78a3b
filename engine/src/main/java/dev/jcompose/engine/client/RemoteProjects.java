package dev.jcompose.engine.client;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.Listings;
import dev.jcompose.engine.wire.Requests;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The engine's projects, by endpoints of our own: Docker's API has none. */
final class RemoteProjects implements ProjectOperations {
    private final Requester requester;

    RemoteProjects(Requester requester) {
        this.requester = requester;
    }

    @Override
    public void up(UpRequest request, EventListener listener) {
        requester.operate("/compose/up", Requests.write(request), listener);
    }

    @Override
    public void down(DownRequest request, EventListener listener) {
        requester.operate("/compose/down", Requests.write(request), listener);
    }

    @Override
    public void start(ServicesRequest request, EventListener listener) {
        requester.operate("/compose/start", Requests.write(request), listener);
    }

    @Override
    public void stop(ServicesRequest request, EventListener listener) {
        requester.operate("/compose/stop", Requests.write(request), listener);
    }

    @Override
    public void restart(ServicesRequest request, EventListener listener) {
        requester.operate("/compose/restart", Requests.write(request), listener);
    }

    @Override
    public void kill(ServicesRequest request, EventListener listener) {
        requester.operate("/compose/kill", Requests.write(request), listener);
    }

    @Override
    public void remove(ServicesRequest request, EventListener listener) {
        requester.operate("/compose/remove", Requests.write(request), listener);
    }

    @Override
    public String createRun(RunRequest request, EventListener listener) {
        AtomicReference<String> id = new AtomicReference<>("");
        requester.operate("/compose/run", Requests.write(request), event -> {
            if (event.attributes().containsKey("oneoff") && event.action().equals(Event.Action.CREATED)) {
                id.set(event.id());
            }
            listener.on(event);
        });
        return Objects.requireNonNull(id.get());
    }

    @Override
    public List<ProjectSummary> list() {
        return requester.ask(
                "GET",
                "/compose/projects",
                null,
                response -> JsonObject.parseAll(response.text()).stream()
                        .map(Listings::readProject)
                        .toList());
    }
}
