package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.assemble.MountAssembler;
import dev.jcompose.engine.assemble.MountAssembler.VolumeUse;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.images.Image;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.volumes.BindSource;
import dev.jcompose.volumes.SelinuxLabel;
import dev.jcompose.volumes.Volume;
import dev.jcompose.volumes.VolumeFill;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings into place what a container is to have mounted: mounts and fills its volumes, makes missing host directories.
 */
public final class MountPreparation {
    private static final Logger log = LoggerFactory.getLogger(MountPreparation.class);

    private final VolumeStore volumes;
    private final VolumeUsers users;
    private final VolumeFill fill;
    private final BindSource binds;
    private final SelinuxLabel selinux;
    private final ImageLookup images;
    private final InheritedVolumes inherited;

    public MountPreparation(
            VolumeStore volumes,
            VolumeFill fill,
            BindSource binds,
            SelinuxLabel selinux,
            ImageLookup images,
            ContainerTable table) {
        this.volumes = volumes;
        this.users = new VolumeUsers(volumes);
        this.fill = fill;
        this.binds = binds;
        this.selinux = selinux;
        this.images = images;
        this.inherited = new InheritedVolumes(table);
    }

    /**
     * The mounts of one start; their sources are there when this returns, until {@link #release}.
     *
     * @throws IOException naming what is missing
     * @throws IllegalArgumentException for a kind of mount that is not supported
     */
    List<MountSpec> prepare(Container container, Image image) throws IOException {
        List<MountSpec> mounts = new ArrayList<>(own(container, image, container));
        Set<String> taken = new HashSet<>();
        mounts.forEach(mount -> taken.add(mount.destination()));
        for (InheritedVolumes.Provider provider : inherited.of(container)) {
            Container other = provider.container();
            Image otherImage = images.of(other);
            for (MountSpec mount : own(other, otherImage, container)) {
                if (mount instanceof BindMount bind && taken.add(bind.destination())) {
                    mounts.add(provider.readOnly() ? bind.asReadOnly() : bind);
                }
            }
        }
        mounts.addAll(GrantedFiles.mounts(container));
        images.mountsBelow(image).forEach(path -> mounts.add(BindMount.of(path, path.toString(), true)));
        return mounts;
    }

    /** The container has ended, or did not start. */
    void release(Container container) {
        users.remove(container.config().id());
    }

    /** A container was found that runs already. */
    void takeOver(Container container) throws IOException {
        Image image = images.of(container);
        for (VolumeUse use : volumeUses(container, image).values()) {
            try {
                users.add(volume(use), container.config().id());
            } catch (IOException e) {
                // It has the volume already; what is wrong with that is no reason not to watch over it.
                log.warn("container {}: {}", container, e.getMessage());
            }
        }
    }

    /** What {@code owner}'s service has mounted, in use by {@code user}. */
    private List<MountSpec> own(Container owner, Image image, Container user) throws IOException {
        List<Path> layers = images.ownLayers(image);
        Map<VolumeUse, Path> sources = new HashMap<>();
        for (VolumeUse use : volumeUses(owner, image).values()) {
            Volume volume = volume(use);
            users.add(volume, user.config().id());
            // What the host has at the volume's place is the host's own data, not an image's first content.
            if (use.copyUp() && !layers.isEmpty()) {
                fill.fill(volume, layers, use.target());
            }
            sources.put(use, use.subpath() == null ? volume.data() : binds.within(volume, use.subpath()));
        }
        List<MountSpec> ofImages = new ArrayList<>();
        for (ServiceVolume volume : owner.service().volumes()) {
            if (volume.type() == ServiceVolume.Type.BIND && volume.source() != null) {
                boolean create = volume.bind() == null || volume.bind().createHostPath();
                binds.prepare(Path.of(volume.source()), create);
                if (volume.bind() != null && volume.bind().selinux() != null) {
                    selinux.apply(Path.of(volume.source()));
                }
            } else if (volume.type() == ServiceVolume.Type.IMAGE) {
                ofImages.add(imageMount(owner, volume));
            }
        }
        List<MountSpec> mounts = new ArrayList<>(MountAssembler.mounts(owner.service(), sources));
        mounts.addAll(ofImages);
        return mounts;
    }

    /** What the name stood for when the container was made. */
    private MountSpec imageMount(Container owner, ServiceVolume volume) throws IOException {
        String name = Objects.requireNonNull(volume.source(), "source");
        String id = owner.config().mountedImages().get(name);
        Image image = id == null ? images.byName(name) : images.byId(id, name);
        if (image.isOnHost()) {
            throw new IOException(
                    "image \"" + name + "\" cannot be mounted: it is, or is made on, this machine itself");
        }
        String subpath = volume.image() == null ? null : volume.image().subpath();
        return new MountSpec.ImageMount(
                Objects.requireNonNull(volume.target(), "target"), image.layers(), subpath == null ? "" : subpath);
    }

    private Volume volume(VolumeUse use) throws IOException {
        return volumes.find(String.valueOf(use.volume()))
                .orElseThrow(() -> new IOException("volume " + use.volume() + " does not exist"));
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
