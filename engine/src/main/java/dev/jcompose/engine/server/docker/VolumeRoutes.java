package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.VolumeOperations;
import dev.jcompose.engine.api.VolumeOperations.PrunedVolumes;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.server.http.Router;
import dev.jcompose.engine.wire.VolumeJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The table of what is under {@code /volumes}. */
final class VolumeRoutes {
    private final VolumeOperations volumes;

    private VolumeRoutes(VolumeOperations volumes) {
        this.volumes = volumes;
    }

    static Router.Builder add(Router.Builder routes, VolumeOperations volumes) {
        VolumeRoutes all = new VolumeRoutes(volumes);
        return routes.route("GET", "/volumes", all::list)
                .route("POST", "/volumes/create", all::create)
                .route("POST", "/volumes/prune", all::prune)
                .route("GET", "/volumes/{name}", all::inspect)
                .route("DELETE", "/volumes/{name}", all::remove);
    }

    private void list(Exchange exchange) throws IOException {
        exchange.respond(
                200,
                JsonObject.create()
                        .put(
                                "Volumes",
                                volumes.list().stream().map(VolumeJson::write).toList())
                        .put("Warnings", List.of()));
    }

    private void inspect(Exchange exchange) throws IOException {
        String name = exchange.parameter("name");
        VolumeSummary volume = volumes.list().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new EngineException(EngineException.Kind.NOT_FOUND, "get " + name + ": no such volume"));
        exchange.respond(200, VolumeJson.write(volume));
    }

    private void create(Exchange exchange) throws IOException {
        JsonObject wanted = exchange.json();
        VolumeSummary made = volumes.create(
                wanted.string("Name", ""),
                wanted.string("Driver", ""),
                wanted.stringMap("DriverOpts"),
                wanted.stringMap("Labels"));
        exchange.respond(201, VolumeJson.write(made));
    }

    private void remove(Exchange exchange) {
        volumes.remove(exchange.parameter("name"), exchange.queryFlag("force"));
        exchange.respondEmpty(204);
    }

    /** {@code filters} may hold {@code all}, as {@code {"all":["true"]}}. */
    private void prune(Exchange exchange) throws IOException {
        String filters = exchange.query("filters").orElse("");
        boolean all = !filters.isBlank()
                && Json.read(filters) instanceof Map<?, ?> keys
                && String.valueOf(keys.get("all")).matches(".*(true|1).*");
        PrunedVolumes pruned = volumes.prune(all);
        exchange.respond(
                200, JsonObject.create().put("VolumesDeleted", pruned.names()).put("SpaceReclaimed", pruned.bytes()));
    }
}
