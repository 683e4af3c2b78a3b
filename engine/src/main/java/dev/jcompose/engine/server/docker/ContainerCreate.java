package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.model.Project;
import dev.jcompose.model.write.ProjectWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /containers/create}: a container that belongs to no Compose file. Its image must be there. */
final class ContainerCreate implements Endpoint {
    private static final int RANDOM_DIGITS = 12;

    private final EngineApi engine;

    ContainerCreate(EngineApi engine) {
        this.engine = engine;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        JsonObject asked = exchange.json();
        // Says that there is none, which clients take for a wish to pull it.
        String ignored = engine.images().inspect(asked.string("Image", ""));
        @Nullable
        String name = exchange.query("name")
                .filter(text -> !text.isEmpty())
                .map(text -> text.startsWith("/") ? text.substring(1) : text)
                .orElse(null);
        String own = UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM_DIGITS);
        String service = name == null ? "c" + own : name.toLowerCase(Locale.ROOT);
        Project project = CreatedService.read(service, asked);
        JsonObject host = CreatedService.object(asked, "HostConfig");
        String id = engine.projects()
                .createRun(
                        new RunRequest(
                                ProjectWriter.toJson(project),
                                service,
                                name == null ? CreatedService.PROJECT + "-" + own : name,
                                true,
                                false,
                                host.flag("AutoRemove"),
                                asked.flag("StdinOnce"),
                                true,
                                new ImageOptions("never", false, true, true, true, Map.of())),
                        event -> {});
        exchange.respond(201, JsonObject.create().put("Id", id).put("Warnings", List.of()));
    }
}
