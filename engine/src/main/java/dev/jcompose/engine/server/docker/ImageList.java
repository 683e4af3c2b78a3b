package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code GET /images/json}. */
final class ImageList implements Endpoint {
    private final EngineApi engine;

    ImageList(EngineApi engine) {
        this.engine = engine;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        exchange.respond(200, engine.images().stream().map(ImageList::json).toList());
    }

    private static JsonObject json(ImageSummary image) {
        return JsonObject.create()
                .put("Id", image.id())
                .put("ParentId", "")
                .put("RepoTags", image.names())
                .put("RepoDigests", List.of())
                .put("Created", image.createdAt().getEpochSecond())
                .put("Size", image.sizeBytes())
                .put("SharedSize", -1)
                .put("Containers", -1)
                .put("Labels", Map.of())
                .put("Platform", image.platform()); // not Docker's: the CLI shows it
    }
}
