package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.assemble.MountAssembler;
import dev.jcompose.engine.assemble.MountAssembler.VolumeUse;
import dev.jcompose.engine.container.Container;
import dev.jcompose.images.Image;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.volumes.BindSource;
import dev.jcompose.volumes.Volume;
import dev.jcompose.volumes.VolumeFill;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings into place what a container is to have mounted: fills its new volumes, makes missing host directories. */
public final class MountPreparation {
    private final VolumeStore volumes;
    private final VolumeFill fill;
    private final BindSource binds;
    private final ImageLookup images;

    public MountPreparation(VolumeStore volumes, VolumeFill fill, BindSource binds, ImageLookup images) {
        this.volumes = volumes;
        this.fill = fill;
        this.binds = binds;
        this.images = images;
    }

    /**
     * The mounts of one start; their sources are there when this returns.
     *
     * @throws IOException naming what is missing
     * @throws IllegalArgumentException for a kind of mount that is not supported
     */
    List<MountSpec> prepare(Container container, Image image) throws IOException {
        boolean hostImage = images.isHost(image);
        Map<VolumeUse, Path> sources = new HashMap<>();
        Map<String, VolumeUse> uses = volumeUses(container, image);
        for (VolumeUse use : uses.values()) {
            Volume volume = volumes.find(String.valueOf(use.volume()))
                    .orElseThrow(() -> new IOException("volume " + use.volume() + " does not exist"));
            // What the host has at the volume's place is the host's own data, not an image's first content.
            if (use.copyUp() && !hostImage) {
                fill.fill(volume, image.layers(), use.target());
            }
            sources.put(use, use.subpath() == null ? volume.data() : binds.within(volume, use.subpath()));
        }
        for (ServiceVolume volume : container.service().volumes()) {
            if (volume.type() == ServiceVolume.Type.BIND && volume.source() != null) {
                boolean create = volume.bind() == null || volume.bind().createHostPath();
                binds.prepare(Path.of(volume.source()), create);
            }
        }
        List<MountSpec> mounts = new ArrayList<>(MountAssembler.mounts(container.service(), sources));
        mounts.addAll(GrantedFiles.mounts(container));
        images.mountsBelow(image).forEach(path -> mounts.add(BindMount.of(path, path.toString(), true)));
        return mounts;
    }

    private static Map<String, VolumeUse> volumeUses(Container container, Image image) {
        Map<String, String> anonymous = container.config().anonymousVolumes();
        Map<String, VolumeUse> uses = new LinkedHashMap<>();
        MountAssembler.volumes(
                        container.project(), container.service(), image.config().volumes())
                .forEach((target, use) ->
                        uses.put(target, use.volume() != null ? use : use.named(anonymous.get(target))));
        return uses;
    }
}
