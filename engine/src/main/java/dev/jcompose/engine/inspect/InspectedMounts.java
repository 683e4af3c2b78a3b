package dev.jcompose.engine.inspect;

import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.assemble.MountAssembler;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.ServiceVolume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** {@code Mounts}: by place in the container. */
final class InspectedMounts {
    private InspectedMounts() {}

    static List<JsonObject> of(Facts facts) {
        List<JsonObject> mounts = new ArrayList<>();
        var image = facts.image();
        Set<String> declared = image == null ? Set.of() : image.config().volumes();
        MountAssembler.volumes(facts.container().project(), facts.service(), declared)
                .forEach((target, use) -> {
                    String own = use.volume();
                    String name = own != null
                            ? own
                            : facts.container().config().anonymousVolumes().getOrDefault(target, "");
                    VolumeSummary volume = facts.volumes().get(name);
                    mounts.add(mount("volume", volume == null ? "" : volume.mountpoint(), target, !use.readOnly())
                            .put("Name", name)
                            .put("Driver", volume == null ? "local" : volume.driver())
                            .put("Mode", use.readOnly() ? "ro" : "z")
                            .put("Propagation", ""));
                });
        for (ServiceVolume volume : facts.service().volumes()) {
            if (volume.type() != ServiceVolume.Type.VOLUME) {
                mounts.add(other(volume));
            }
        }
        mounts.sort(Comparator.comparing(mount -> mount.string("Destination")));
        return mounts;
    }

    private static JsonObject other(ServiceVolume volume) {
        String kind = volume.type().name().toLowerCase(Locale.ROOT);
        String source = volume.source() == null ? "" : volume.source();
        ServiceVolume.Bind bind = volume.bind();
        String propagation = bind == null || bind.propagation() == null ? "rprivate" : bind.propagation();
        boolean writable = !volume.readOnly() && volume.type() != ServiceVolume.Type.IMAGE;
        return mount(kind, source, Objects.requireNonNullElse(volume.target(), ""), writable)
                .put("Mode", writable ? "" : "ro")
                .put("Propagation", volume.type() == ServiceVolume.Type.BIND ? propagation : "");
    }

    private static JsonObject mount(String type, String source, String target, boolean writable) {
        return JsonObject.create()
                .put("Type", type)
                .put("Source", source)
                .put("Destination", target)
                .put("RW", writable);
    }
}
