package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.json.JsonObject;
import java.time.Instant;

/** Docker's JSON of a volume. */
public final class VolumeJson {
    private VolumeJson() {}

    /** As {@code GET /volumes/NAME} has it, and who uses it. */
    public static JsonObject write(VolumeSummary volume) {
        return JsonObject.create()
                .put("CreatedAt", volume.createdAt())
                .put("Driver", volume.driver())
                .put("Labels", volume.labels())
                .put("Mountpoint", volume.mountpoint())
                .put("Name", volume.name())
                .put("Options", volume.options())
                .put("Scope", "local")
                .put("Users", volume.users()); // not Docker's
    }

    /** What {@link #write} wrote. */
    public static VolumeSummary read(JsonObject json) {
        return new VolumeSummary(
                json.string("Name"),
                json.string("Driver"),
                json.string("Mountpoint"),
                Instant.parse(json.string("CreatedAt")),
                json.stringMap("Options"),
                json.stringMap("Labels"),
                json.strings("Users"));
    }
}
