package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.Listings;
import java.net.URLEncoder;
import java.util.List;
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
