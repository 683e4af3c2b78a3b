package dev.jcompose.engine.assemble;

import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.Volume;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.runtime.container.MountSpec.Propagation;
import dev.jcompose.runtime.container.MountSpec.TmpfsMount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is mounted into a container: the service's volumes and tmpfs, and the volumes that its image declares. */
public final class MountAssembler {
    private static final int DEFAULT_TMPFS_MODE = 01777;

    private MountAssembler() {}

    /**
     * One of the container's volumes.
     *
     * @param volume its name in the store; null for an anonymous one
     * @param target path in the container
     * @param copyUp whether an empty volume takes over the image's content
     * @param subpath directory within the volume; null for all of it
     */
    public record VolumeUse(
            @Nullable String volume,
            String target,
            boolean readOnly,
            boolean copyUp,
            @Nullable String subpath) {

        /** The same use of the volume of that name. */
        public VolumeUse named(@Nullable String name) {
            return new VolumeUse(name, target, readOnly, copyUp, subpath);
        }
    }

    /** The volumes of a service's container, those that the image declares at the end; by target. */
    public static Map<String, VolumeUse> volumes(Project project, Service service, Set<String> declaredByImage) {
        Map<String, VolumeUse> uses = new LinkedHashMap<>();
        for (ServiceVolume volume : service.volumes()) {
            if (volume.type() == ServiceVolume.Type.VOLUME) {
                String target = Objects.requireNonNull(volume.target(), "target");
                String name = volume.source() == null ? null : name(project, volume.source());
                ServiceVolume.VolumeOptions options = volume.volume();
                uses.put(
                        target,
                        new VolumeUse(
                                name,
                                target,
                                volume.readOnly(),
                                options == null || !options.nocopy(),
                                options == null ? null : options.subpath()));
            }
        }
        for (String target : declaredByImage) {
            boolean covered = service.volumes().stream().anyMatch(v -> target.equals(v.target()))
                    || service.tmpfs().stream().anyMatch(t -> t.equals(target) || t.startsWith(target + ":"));
            if (!covered) {
                uses.put(target, new VolumeUse(null, target, false, true, null));
            }
        }
        return uses;
    }

    /**
     * Everything that is mounted, but for images.
     *
     * @param volumes as {@link #volumes} gives them, each with its directory on the host
     * @throws IllegalArgumentException for a kind of mount that is not supported
     */
    public static List<MountSpec> mounts(Service service, Map<VolumeUse, Path> volumes) {
        List<MountSpec> mounts = new ArrayList<>();
        for (ServiceVolume volume : service.volumes()) {
            switch (volume.type()) {
                case BIND -> mounts.add(bind(volume));
                case TMPFS -> mounts.add(tmpfs(volume));
                case VOLUME, IMAGE -> {}
                default ->
                    throw new IllegalArgumentException("services." + service.name() + ".volumes: type "
                            + volume.type().name().toLowerCase(Locale.ROOT) + " is not supported;"
                            + " bind, volume, tmpfs and image are");
            }
        }
        volumes.forEach((use, source) -> mounts.add(BindMount.of(source, use.target(), use.readOnly())));
        service.tmpfs().forEach(entry -> mounts.add(TmpfsOptions.parse(entry)));
        return mounts;
    }

    private static String name(Project project, String key) {
        Volume volume = project.volumes().get(key);
        return volume == null ? key : volume.name();
    }

    private static BindMount bind(ServiceVolume volume) {
        ServiceVolume.Bind options = volume.bind();
        Propagation propagation = options == null || options.propagation() == null
                ? Propagation.PRIVATE
                : switch (options.propagation()) {
                    case "rslave", "slave" -> Propagation.SLAVE;
                    case "rshared", "shared" -> Propagation.SHARED;
                    default -> Propagation.PRIVATE;
                };
        String depth = options == null || options.recursive() == null ? "enabled" : options.recursive();
        if (depth.equals("readonly") && !(volume.readOnly() && propagation == Propagation.PRIVATE)) {
            throw new IllegalArgumentException("volume " + volume.target()
                    + ": bind.recursive is \"readonly\", which needs read_only: true and no propagation");
        }
        BindMount mount = new BindMount(
                Path.of(Objects.requireNonNull(volume.source(), "source")),
                Objects.requireNonNull(volume.target(), "target"),
                volume.readOnly(),
                !depth.equals("disabled"),
                propagation);
        if (depth.equals("writable")) {
            mount = mount.withMountsBelowAsTheyAre();
        }
        return isOwnedByUser(volume) ? mount.asOwnedByUser() : mount;
    }

    /** {@code x-idmap: host}: files belong to the owner of the host's directory, whoever the container's user is. */
    private static boolean isOwnedByUser(ServiceVolume volume) {
        Object wanted = volume.extensions().get("x-idmap");
        if (wanted != null && !wanted.equals("host")) {
            throw new IllegalArgumentException(
                    "volume " + volume.target() + ": x-idmap is \"" + wanted + "\", only \"host\" is known");
        }
        return wanted != null;
    }

    private static TmpfsMount tmpfs(ServiceVolume volume) {
        ServiceVolume.Tmpfs options = volume.tmpfs();
        int mode = options == null || options.mode() == 0 ? DEFAULT_TMPFS_MODE : options.mode();
        return new TmpfsMount(
                Objects.requireNonNull(volume.target(), "target"),
                options == null ? 0 : options.size(),
                mode,
                0,
                0,
                volume.readOnly(),
                false);
    }
}
