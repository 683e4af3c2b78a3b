package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.assemble.MountAssembler;
import dev.jcompose.engine.assemble.MountAssembler.VolumeUse;
import dev.jcompose.engine.assemble.SpecAssembler;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.logs.LogWriter;
import dev.jcompose.engine.network.Connection;
import dev.jcompose.engine.network.ContainerNetworking;
import dev.jcompose.images.Image;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.CreatedContainer;
import dev.jcompose.runtime.LaunchException;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.volumes.Volume;
import dev.jcompose.volumes.VolumeFill;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts containers that have been made. The order is what matters here: the process is held at the gate until its
 * networks are up, its name resolves and its log is open, so that its first instruction finds everything in place.
 */
public final class ContainerStarter {
    private final ContainerRuntime runtime;
    private final ImageLookup images;
    private final VolumeStore volumes;
    private final VolumeFill volumeFill;
    private final ContainerNetworking networking;
    private final Namespaces namespaces;
    private final LogOpener logs;

    /** Takes the output of containers to their logs. */
    public interface LogOpener {
        /** Begins with a container that has just started, or that another engine has left. */
        LogWriter open(Container container, RunningContainer running) throws IOException;

        /** Ends with one that has ended: everything that it wrote is in its log afterwards. */
        void close(Container container, LogWriter writer, RunningContainer running) throws IOException;

        /** Forgets one that is removed. */
        void forget(Container container);
    }

    public ContainerStarter(
            ContainerRuntime runtime,
            ImageLookup images,
            VolumeStore volumes,
            VolumeFill volumeFill,
            ContainerNetworking networking,
            Namespaces namespaces,
            LogOpener logs) {
        this.runtime = runtime;
        this.images = images;
        this.volumes = volumes;
        this.volumeFill = volumeFill;
        this.networking = networking;
        this.namespaces = namespaces;
        this.logs = logs;
    }

    /** A container that has begun. */
    record Started(RunningContainer running, LogWriter log, Connection connection) {}

    /**
     * Starts the container; when this returns, its command has been executed. Blocks for some milliseconds. The caller
     * holds the container's lock.
     *
     * @throws IOException naming the step that failed; nothing of the attempt is left
     */
    Started start(Container container) throws IOException {
        Image image =
                images.byId(container.config().imageId(), container.service().image());
        Undo undo = new Undo();
        try {
            ContainerSpec spec = spec(container, image);
            networking.writeFiles(container, List.of());
            CreatedContainer created = runtime.create(spec);
            Connection connection = connect(container, created);
            undo.with(() -> networking.disconnect(container, connection));
            RunningContainer running = created.start();
            undo.with(() -> {
                running.kill();
                running.close();
                runtime.delete(container.config().id(), container.files().run());
            });
            LogWriter log = logs.open(container, running);
            undo.keep();
            return new Started(running, log, connection);
        } catch (LaunchException e) {
            undo.undo(e);
            throw named(container, e);
        } catch (IOException | RuntimeException e) {
            undo.undo(e);
            throw e;
        }
    }

    /** While the process prepares itself: if that has failed, the network only fails because the process is gone. */
    private Connection connect(Container container, CreatedContainer created) throws IOException {
        try {
            return networking.connect(container, created.pid());
        } catch (IOException | RuntimeException e) {
            Optional<LaunchException> failure = created.abort();
            if (failure.isPresent()) {
                throw failure.get();
            }
            throw e;
        }
    }

    /** The runtime knows ids, people know names. */
    private static LaunchException named(Container container, LaunchException e) {
        String message = String.valueOf(e.getMessage())
                .replace(container.config().id(), container.config().name());
        LaunchException named = new LaunchException(message, e.exitCode());
        named.initCause(e);
        return named;
    }

    private ContainerSpec spec(Container container, Image image) throws IOException {
        Map<String, VolumeUse> uses = volumeUses(container, image);
        for (VolumeUse use : uses.values()) {
            prepare(use, image);
        }
        try {
            List<MountSpec> mounts = new ArrayList<>(MountAssembler.mounts(
                    container.service(), uses, name -> volumePath(name).toString()));
            prepareBinds(container);
            mounts.addAll(GrantedFiles.mounts(container));
            images.mountsBelow(image).forEach(path -> mounts.add(BindMount.of(path, path.toString(), true)));
            return SpecAssembler.assemble(
                    container.config(),
                    container.service(),
                    container.files(),
                    image,
                    mounts,
                    namespaces.of(container));
        } catch (IllegalArgumentException e) {
            throw new LaunchException("container " + container + ": " + e.getMessage(), e);
        }
    }

    private Map<String, VolumeUse> volumeUses(Container container, Image image) {
        Map<String, VolumeUse> uses = new LinkedHashMap<>();
        MountAssembler.volumes(
                        container.project(), container.service(), image.config().volumes())
                .forEach((target, use) -> uses.put(
                        target,
                        use.volume() != null
                                ? use
                                : new VolumeUse(
                                        container.config().anonymousVolumes().get(target),
                                        target,
                                        use.readOnly(),
                                        use.copyUp(),
                                        use.subpath())));
        return uses;
    }

    private void prepare(VolumeUse use, Image image) throws IOException {
        Volume volume = volumes.find(String.valueOf(use.volume()))
                .orElseThrow(() -> new IOException("volume " + use.volume() + " does not exist"));
        if (use.copyUp()) {
            volumeFill.fill(volume, image.layers(), use.target());
        }
    }

    private Path volumePath(String name) {
        try {
            return volumes.find(name)
                    .orElseThrow(() -> new IllegalArgumentException("volume " + name + " does not exist"))
                    .data();
        } catch (IOException e) {
            throw new IllegalArgumentException("volume " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void prepareBinds(Container container) throws IOException {
        for (var volume : container.service().volumes()) {
            if (volume.type() != dev.jcompose.model.ServiceVolume.Type.BIND || volume.source() == null) {
                continue;
            }
            Path source = Path.of(volume.source());
            if (!Files.exists(source)) {
                if (volume.bind() != null && !volume.bind().createHostPath()) {
                    throw new IOException("bind source path does not exist: " + source);
                }
                Files.createDirectories(source);
            }
        }
    }
}
