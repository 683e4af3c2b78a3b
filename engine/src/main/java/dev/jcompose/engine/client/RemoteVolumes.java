package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.VolumeOperations;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.VolumeJson;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine's volumes, by Docker's endpoints. */
final class RemoteVolumes implements VolumeOperations {
    private static final String ALL = URLEncoder.encode("{\"all\":[\"true\"]}", UTF_8);

    private final Requester requester;

    RemoteVolumes(Requester requester) {
        this.requester = requester;
    }

    @Override
    public List<VolumeSummary> list() {
        return requester.ask(
                "GET",
                "/volumes",
                null,
                response -> JsonObject.parse(response.text()).objects("Volumes").stream()
                        .map(VolumeJson::read)
                        .toList());
    }

    @Override
    public VolumeSummary create(String name, String driver, Map<String, String> options, Map<String, String> labels) {
        JsonObject wanted = JsonObject.create()
                .put("Name", name)
                .put("Driver", driver)
                .put("DriverOpts", options)
                .put("Labels", labels);
        return requester.ask(
                "POST", "/volumes/create", wanted, response -> VolumeJson.read(JsonObject.parse(response.text())));
    }

    @Override
    public void remove(String name, boolean force) {
        String target = "/volumes/" + URLEncoder.encode(name, UTF_8) + "?force=" + (force ? 1 : 0);
        requester.ask("DELETE", target, null, response -> Optional.empty());
    }

    @Override
    public PrunedVolumes prune(boolean all) {
        return requester.ask("POST", "/volumes/prune" + (all ? "?filters=" + ALL : ""), null, response -> {
            JsonObject pruned = JsonObject.parse(response.text());
            return new PrunedVolumes(pruned.strings("VolumesDeleted"), pruned.number("SpaceReclaimed"));
        });
    }
}
