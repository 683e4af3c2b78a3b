package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.CommitRequest;
import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.ContainerProcesses;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.api.PathStat;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.CommitQuery;
import dev.jcompose.engine.wire.Listings;
import dev.jcompose.engine.wire.PathStats;
import dev.jcompose.engine.wire.UsageJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine's containers, by Docker's endpoints where it has one. */
final class RemoteContainers implements ContainerOperations {
    private static final int NOT_MODIFIED = 304;

    private final Requester requester;

    RemoteContainers(Requester requester) {
        this.requester = requester;
    }

    @Override
    public List<ContainerSummary> list(Optional<String> project) {
        return requester.ask(
                "GET",
                "/compose/containers" + Requester.query(project),
                null,
                response -> JsonObject.parseAll(response.text()).stream()
                        .map(Listings::readContainer)
                        .toList());
    }

    @Override
    public boolean start(String container) {
        return act(container, "start");
    }

    @Override
    public boolean stop(String container, @Nullable Integer graceSeconds) {
        return act(container, "stop" + seconds(graceSeconds));
    }

    @Override
    public void restart(String container, @Nullable Integer graceSeconds) {
        act(container, "restart" + seconds(graceSeconds));
    }

    @Override
    public void kill(String container, String signal) {
        act(container, "kill?signal=" + URLEncoder.encode(signal, UTF_8));
    }

    @Override
    public int await(String container, WaitCondition condition, Runnable begun) {
        return requester.ask("POST", path(container) + "/wait?condition=" + condition.text(), null, response -> {
            begun.run();
            return JsonObject.parse(response.text()).integer("StatusCode", 0);
        });
    }

    @Override
    public void remove(String container, boolean force, boolean volumes) {
        String query = "?force=" + (force ? 1 : 0) + "&v=" + (volumes ? 1 : 0);
        requester.ask("DELETE", path(container) + query, null, response -> Optional.empty());
    }

    @Override
    public PathStat stat(String container, String path) {
        // The answer to HEAD cannot say what went wrong.
        return requester.ask("HEAD", archive(container, path), null, response -> {
            String stat = response.headers().get(PathStats.HEADER.toLowerCase(Locale.ROOT));
            if (stat == null) {
                throw new IOException("the engine did not say what " + path + " is");
            }
            return PathStats.read(stat);
        });
    }

    @Override
    public void copyFrom(String container, String path, OutputStream tar) {
        requester.ask(
                "GET",
                archive(container, path),
                null,
                response -> response.body().transferTo(tar));
    }

    @Override
    public void copyTo(
            String container, String path, InputStream tar, boolean noOverwriteDirNonDir, boolean containerUser) {
        String options =
                "&noOverwriteDirNonDir=" + (noOverwriteDirNonDir ? 1 : 0) + "&copyUIDGID=" + (containerUser ? 1 : 0);
        requester.askWithStream("PUT", archive(container, path) + options, tar, response -> Optional.empty());
    }

    @Override
    public void erase(String container, List<String> paths) {
        requester.ask(
                "POST",
                "/compose" + path(container) + "/erase",
                JsonObject.create().put("paths", paths),
                response -> Optional.empty());
    }

    @Override
    public void export(String container, OutputStream tar) {
        requester.ask(
                "GET",
                path(container) + "/export",
                null,
                response -> response.body().transferTo(tar));
    }

    private static String archive(String container, String path) {
        return path(container) + "/archive?path=" + URLEncoder.encode(path, UTF_8);
    }

    @Override
    public ContainerProcesses top(String container) {
        return requester.ask(
                "GET",
                path(container) + "/top",
                null,
                response -> UsageJson.readProcesses(JsonObject.parse(response.text())));
    }

    @Override
    public String inspect(String container) {
        return requester.ask("GET", path(container) + "/json", null, Response::text);
    }

    @Override
    public ContainerStats stats(String container) {
        return requester.ask(
                "GET",
                path(container) + "/stats?stream=0&one-shot=1",
                null,
                response -> UsageJson.readStats(JsonObject.parse(response.text())));
    }

    @Override
    public void resize(String container, int rows, int columns) {
        act(container, "resize?h=%d&w=%d".formatted(rows, columns));
    }

    @Override
    public void pause(String container) {
        act(container, "pause");
    }

    @Override
    public void unpause(String container) {
        act(container, "unpause");
    }

    @Override
    public ExecSession exec(ExecRequest request) {
        return RemoteExec.start(requester, request);
    }

    @Override
    public AttachSession attach(AttachRequest request) {
        return RemoteAttach.start(requester, request);
    }

    @Override
    public String commit(CommitRequest request) {
        return requester.ask(
                "POST",
                CommitQuery.target(request),
                JsonObject.create(),
                response -> JsonObject.parse(response.text()).string("Id"));
    }

    /** Posts to one of the container's endpoints; false if there was nothing to do. */
    private boolean act(String container, String action) {
        return requester.ask(
                "POST", path(container) + "/" + action, null, response -> response.status() != NOT_MODIFIED);
    }

    private static String seconds(@Nullable Integer seconds) {
        return seconds == null ? "" : "?t=" + seconds;
    }

    static String path(String container) {
        return "/containers/" + URLEncoder.encode(container, UTF_8);
    }
}
