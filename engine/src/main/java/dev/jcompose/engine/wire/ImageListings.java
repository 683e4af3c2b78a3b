package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.ImageHistoryStep;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.RemovedImages;
import dev.jcompose.engine.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Images in Docker's JSON, with a little more where the API's records hold more. */
public final class ImageListings {
    private ImageListings() {}

    /** An item of {@code GET /images/json}. */
    public static JsonObject write(ImageSummary image) {
        return JsonObject.create()
                .put("Id", image.id())
                .put("ParentId", "")
                .put("RepoTags", image.names())
                .put("RepoDigests", image.repoDigests())
                .put("Created", image.createdAt().getEpochSecond())
                .put("Size", image.sizeBytes())
                .put("SharedSize", -1)
                .put("Containers", image.containers())
                .put("Labels", image.labels())
                // Not Docker's: the commands show them.
                .put("Platform", image.platform())
                .put("LastTagTime", image.lastTaggedAt());
    }

    /** What {@link #write(ImageSummary)} wrote. */
    public static ImageSummary readImage(JsonObject json) {
        Instant tagged = json.instantOrNull("LastTagTime");
        return new ImageSummary(
                json.string("Id"),
                json.strings("RepoTags"),
                json.strings("RepoDigests"),
                json.number("Size"),
                Instant.ofEpochSecond(json.number("Created")),
                tagged == null ? Instant.EPOCH : tagged,
                json.string("Platform", ""),
                json.stringMap("Labels"),
                json.integer("Containers", 0));
    }

    /** An item of {@code GET /images/{name}/history}. */
    public static JsonObject write(ImageHistoryStep step) {
        return JsonObject.create()
                .put("Id", step.id().isEmpty() ? "<missing>" : step.id())
                .put("Created", step.createdAt().getEpochSecond())
                .put("CreatedBy", step.createdBy())
                .put("Tags", step.names())
                .put("Size", step.sizeBytes())
                .put("Comment", step.comment());
    }

    /** What {@link #write(ImageHistoryStep)} wrote. */
    public static ImageHistoryStep readStep(JsonObject json) {
        String id = json.string("Id");
        return new ImageHistoryStep(
                id.equals("<missing>") ? "" : id,
                Instant.ofEpochSecond(json.number("Created")),
                json.string("CreatedBy", ""),
                json.number("Size"),
                json.string("Comment", ""),
                json.has("Tags") ? json.strings("Tags") : List.of());
    }

    /** The answer of {@code DELETE /images/{name}}. */
    public static List<JsonObject> write(RemovedImages removed) {
        List<JsonObject> lines = new ArrayList<>();
        removed.untagged().forEach(name -> lines.add(JsonObject.create().put("Untagged", name)));
        removed.deleted().forEach(id -> lines.add(JsonObject.create().put("Deleted", id)));
        return lines;
    }

    /**
     * What {@link #write(RemovedImages)} wrote.
     *
     * @param reclaimedBytes which those lines do not say
     */
    public static RemovedImages readRemoved(List<JsonObject> lines, long reclaimedBytes) {
        return new RemovedImages(values(lines, "Untagged"), values(lines, "Deleted"), reclaimedBytes);
    }

    private static List<String> values(List<JsonObject> lines, String name) {
        return lines.stream()
                .filter(line -> line.has(name))
                .map(line -> line.string(name))
                .toList();
    }
}
