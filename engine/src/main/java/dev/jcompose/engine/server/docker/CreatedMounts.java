package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.ServiceVolume;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants mounted: {@code Binds}, {@code Mounts}, {@code Volumes} and {@code Tmpfs}.
 *
 * @param names of the volumes that have one
 */
record CreatedMounts(List<ServiceVolume> volumes, List<String> tmpfs, Set<String> names) {

    /**
     * Reads them.
     *
     * @throws EngineException of kind INVALID for what is none
     */
    static CreatedMounts read(JsonObject asked, JsonObject host) {
        List<ServiceVolume> volumes = new ArrayList<>();
        host.strings("Binds").forEach(bind -> volumes.add(bind(bind)));
        List<JsonObject> mounts = host.members().get("Mounts") == null ? List.of() : host.objects("Mounts");
        mounts.forEach(mount -> volumes.add(mount(mount)));
        CreatedService.object(asked, "Volumes").members().keySet().stream()
                .filter(target -> volumes.stream().noneMatch(volume -> target.equals(volume.target())))
                .forEach(target -> volumes.add(volume(ServiceVolume.Type.VOLUME, null, target, false)));
        List<String> tmpfs = new ArrayList<>();
        host.stringMap("Tmpfs")
                .forEach((target, options) -> tmpfs.add(options.isEmpty() ? target : target + ":" + options));
        Set<String> names = new LinkedHashSet<>();
        for (ServiceVolume volume : volumes) {
            if (volume.type() == ServiceVolume.Type.VOLUME && volume.source() != null) {
                names.add(volume.source());
            }
        }
        return new CreatedMounts(volumes, tmpfs, names);
    }

    /** {@code source:target[:options]}. */
    private static ServiceVolume bind(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 2) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "invalid bind \"%s\": source:target[:options]".formatted(text));
        }
        boolean readOnly = parts.length == 3 && List.of(parts[2].split(",")).contains("ro");
        return volume(
                parts[0].startsWith("/") ? ServiceVolume.Type.BIND : ServiceVolume.Type.VOLUME,
                parts[0],
                parts[1],
                readOnly);
    }

    private static ServiceVolume mount(JsonObject mount) {
        String source = mount.string("Source", "");
        ServiceVolume.Type type = switch (mount.string("Type", "")) {
            case "bind" -> ServiceVolume.Type.BIND;
            case "volume" -> ServiceVolume.Type.VOLUME;
            case "tmpfs" -> ServiceVolume.Type.TMPFS;
            default ->
                throw new EngineException(
                        EngineException.Kind.INVALID,
                        "mounts of type \"%s\" are not supported: bind, volume and tmpfs are"
                                .formatted(mount.string("Type", "")));
        };
        return volume(type, source.isEmpty() ? null : source, mount.string("Target", ""), mount.flag("ReadOnly"));
    }

    private static ServiceVolume volume(
            ServiceVolume.Type type, @Nullable String source, String target, boolean readOnly) {
        ServiceVolume.Bind bind =
                type == ServiceVolume.Type.BIND ? new ServiceVolume.Bind(null, true, null, null) : null;
        return new ServiceVolume(type, source, target, readOnly, null, bind, null, null, null);
    }
}
