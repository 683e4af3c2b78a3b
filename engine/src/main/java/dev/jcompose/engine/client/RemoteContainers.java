package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.ContainerProcesses;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.PathStat;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.engine.json.JsonObject;
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
final class RemoteContainers {
    private static final int NOT_MODIFIED = 304;

    private final Requester requester;

    RemoteContainers(Requester requester) {
        this.requester = requester;
    }

    /** {@code query} selects them, as in {@code ?project=shop}. */
    List<ContainerSummary> list(String query) {
        return requester.ask(
                "GET",
                "/compose/containers" + query,
                null,
                response -> JsonObject.parseAll(response.text()).stream()
                        .map(Listings::readContainer)
                        .toList());
    }

    boolean start(String container) {
        return act(container, "start");
    }

    boolean stop(String container, @Nullable Integer graceSeconds) {
        return act(container, "stop" + seconds(graceSeconds));
    }

    void restart(String container, @Nullable Integer graceSeconds) {
        act(container, "restart" + seconds(graceSeconds));
    }

    void kill(String container, String signal) {
        act(container, "kill?signal=" + URLEncoder.encode(signal, UTF_8));
    }

    int await(String container, WaitCondition condition) {
        return requester.ask(
                "POST",
                path(container) + "/wait?condition=" + condition.text(),
                null,
                response -> JsonObject.parse(response.text()).integer("StatusCode", 0));
    }

    void remove(String container, boolean force, boolean volumes) {
        String query = "?force=" + (force ? 1 : 0) + "&v=" + (volumes ? 1 : 0);
        requester.ask("DELETE", path(container) + query, null, response -> Optional.empty());
    }

    PathStat stat(String container, String path) {
        // The answer to HEAD cannot say what went wrong.
        return requester.ask("HEAD", archive(container, path), null, response -> {
            String stat = response.headers().get(PathStats.HEADER.toLowerCase(Locale.ROOT));
            if (stat == null) {
                throw new IOException("the engine did not say what " + path + " is");
            }
            return PathStats.read(stat);
        });
    }

    void copyFrom(String container, String path, OutputStream tar) {
        requester.ask(
                "GET",
                archive(container, path),
                null,
                response -> response.body().transferTo(tar));
    }

    void copyTo(String container, String path, InputStream tar, boolean noOverwriteDirNonDir, boolean containerUser) {
        String options =
                "&noOverwriteDirNonDir=" + (noOverwriteDirNonDir ? 1 : 0) + "&copyUIDGID=" + (containerUser ? 1 : 0);
        requester.askWithStream("PUT", archive(container, path) + options, tar, response -> Optional.empty());
    }

    void export(String container, OutputStream tar) {
        requester.ask(
                "GET",
                path(container) + "/export",
                null,
                response -> response.body().transferTo(tar));
    }

    private static String archive(String container, String path) {
        return path(container) + "/archive?path=" + URLEncoder.encode(path, UTF_8);
    }

    ContainerProcesses top(String container) {
        return requester.ask(
                "GET",
                path(container) + "/top",
                null,
                response -> UsageJson.readProcesses(JsonObject.parse(response.text())));
    }

    ContainerStats stats(String container) {
        return requester.ask(
                "GET",
                path(container) + "/stats?stream=0&one-shot=1",
                null,
                response -> UsageJson.readStats(JsonObject.parse(response.text())));
    }

    void resize(String container, int rows, int columns) {
        act(container, "resize?h=%d&w=%d".formatted(rows, columns));
    }

    /** Posts to one of the container's endpoints; false if there was nothing to do. */
    boolean act(String container, String action) {
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
