package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.assemble.CommandLine;
import dev.jcompose.engine.assemble.MountAssembler;
import dev.jcompose.engine.assemble.MountAssembler.VolumeUse;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.container.Labels;
import dev.jcompose.engine.container.OneOff;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.image.ImageUsers;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import dev.jcompose.images.Image;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.hash.ConfigHash;
import dev.jcompose.model.write.ProjectWriter;
import dev.jcompose.model.write.WriteOptions;
import dev.jcompose.volumes.VolumeOptions;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes containers: an id, their directories, their configuration on disk. Nothing runs yet. */
public final class ContainerCreator {
    private static final int ID_BYTES = 32;
    private static final int SLUG_DIGITS = 12;

    private final EngineDirectories directories;
    private final StateFiles stateFiles;
    private final ContainerTable table;
    private final ImageUsers imageUsers;
    private final ImageLookup images;
    private final VolumeStore volumes;
    private final TreeRemoval trees;
    private final Clock clock;
    private final Failpoint failpoint;
    private final SecureRandom random = new SecureRandom();

    public ContainerCreator(
            EngineDirectories directories,
            StateFiles stateFiles,
            ContainerTable table,
            ImageUsers imageUsers,
            ImageLookup images,
            VolumeStore volumes,
            TreeRemoval trees,
            Clock clock,
            Failpoint failpoint) {
        this.failpoint = failpoint;
        this.directories = directories;
        this.stateFiles = stateFiles;
        this.table = table;
        this.imageUsers = imageUsers;
        this.images = images;
        this.volumes = volumes;
        this.trees = trees;
        this.clock = clock;
    }

    /**
     * Makes one container.
     *
     * @param inherited anonymous volumes of the container that this one replaces, by their path in the container
     * @param moreLabels beside those that the service and Compose give it
     * @throws IOException when the disk does not take it; then nothing is left
     * @throws IllegalArgumentException when the service has no command
     */
    public Container create(
            Project project,
            Service service,
            int number,
            String name,
            Image image,
            Map<String, String> inherited,
            Map<String, String> moreLabels)
            throws IOException {
        return create(project, service, number, name, image, inherited, moreLabels, null);
    }

    /**
     * Makes a container for {@code run}.
     *
     * @param name null for {@code project-service-run-} and twelve digits
     * @throws IOException when the disk does not take it; then nothing is left
     * @throws IllegalArgumentException when the service has no command
     */
    public Container createOneOff(Project project, Service service, @Nullable String name, Image image, OneOff run)
            throws IOException {
        return createOneOff(project, service, name, image, run, Map.of());
    }

    /**
     * The same with anonymous volumes of another container.
     *
     * @param anonymousVolumes names by mount point
     */
    public Container createOneOff(
            Project project,
            Service service,
            @Nullable String name,
            Image image,
            OneOff run,
            Map<String, String> anonymousVolumes)
            throws IOException {
        String slug = randomHex();
        String own =
                String.join(project.separator(), project.name(), service.name(), "run", slug.substring(0, SLUG_DIGITS));
        Map<String, String> labels = Map.of(Labels.ONE_OFF, "True", Labels.SLUG, slug);
        return create(project, service, 0, name == null ? own : name, image, anonymousVolumes, labels, run);
    }

    private String randomHex() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Container create(
            Project project,
            Service service,
            int number,
            String name,
            Image image,
            Map<String, String> inherited,
            Map<String, String> moreLabels,
            @Nullable OneOff run)
            throws IOException {
        CommandLine.of(service, image.config());
        check(service);
        String id = randomHex();
        ContainerFiles files = ContainerFiles.of(directories, id);
        Undo undo = new Undo();
        try {
            undo.with(() -> trees.remove(files.data()));
            Files.createDirectories(files.data());
            for (Path directory : new Path[] {files.upper(), files.work(), files.rootfs(), files.logs()}) {
                Files.createDirectory(directory);
            }
            failpoint.reached("create: directories");
            String hash = ConfigHash.of(service);
            Project own = only(project, service);
            ContainerConfig config = new ContainerConfig(
                    ContainerConfig.VERSION,
                    id,
                    name,
                    project.name(),
                    service.name(),
                    number,
                    run != null,
                    clock.instant(),
                    image.id(),
                    ServiceHash.of(project, service, hash),
                    service.dependencies(),
                    anonymousVolumes(project, service, image, inherited, undo),
                    mountedImages(service),
                    labels(project, service, number, hash, image, moreLabels),
                    ProjectWriter.toJson(own, WriteOptions.WITHOUT_VALUES),
                    run);
            Container container = new Container(config, own, files, ContainerStatus.CREATED);
            imageUsers.add(container);
            undo.with(() -> table.remove(container));
            undo.with(() -> trees.remove(files.run()));
            SecretValues.keep(files, own);
            failpoint.reached("create: volumes");
            stateFiles.write(files.config(), config, Durability.POWER_FAILURE);
            failpoint.reached("create: noted");
            return container;
        } catch (IOException | RuntimeException e) {
            undo.undo(e);
            throw e;
        }
    }

    /**
     * Makes sure that it is clear how the containers of a service are stopped, and when they run again: what is wrong
     * there would only be noticed when one ends.
     *
     * @throws IllegalArgumentException naming the attribute
     */
    public static void check(Service service) {
        check(service, "restart", service::restartPolicy);
        String signal = service.stopSignal();
        if (signal != null) {
            check(service, "stop_signal", () -> Signals.parse(signal));
        }
    }

    private static void check(Service service, String attribute, Supplier<?> read) {
        try {
            Objects.requireNonNull(read.get());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "services." + service.name() + "." + attribute + ": " + e.getMessage(), e);
        }
    }

    private Map<String, String> mountedImages(Service service) throws IOException {
        Map<String, String> ids = new LinkedHashMap<>();
        for (ServiceVolume volume : service.volumes()) {
            if (volume.type() == ServiceVolume.Type.IMAGE && volume.source() != null) {
                ids.put(volume.source(), images.byName(volume.source()).id());
            }
        }
        return ids;
    }

    private static Map<String, String> labels(
            Project project, Service service, int number, String hash, Image image, Map<String, String> more) {
        Map<String, String> labels = new LinkedHashMap<>(Labels.of(
                project, service, number, hash, image.id(), image.config().labels()));
        labels.putAll(more);
        if (number == 0) {
            labels.remove(Labels.NUMBER);
        }
        return labels;
    }

    /**
     * Gives a container another name.
     *
     * @throws dev.jcompose.engine.api.EngineException when the name is taken; then nothing has changed
     */
    public void rename(Container container, String name) {
        container.lock().lock();
        try {
            String before = container.config().name();
            table.rename(container, name);
            try {
                stateFiles.write(container.files().config(), container.config(), Durability.POWER_FAILURE);
            } catch (RuntimeException e) {
                table.rename(container, before);
                throw e;
            }
        } finally {
            container.lock().unlock();
        }
    }

    /** The project without its other services, which the selection would keep as disabled ones. */
    private static Project only(Project project, Service service) {
        Project selected = project.withServices(Set.of(service.name()), false);
        return selected.withServices(selected.servicesByName(), Map.of());
    }

    private Map<String, String> anonymousVolumes(
            Project project, Service service, Image image, Map<String, String> inherited, Undo undo)
            throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        for (VolumeUse use : MountAssembler.volumes(
                        project, service, image.config().volumes())
                .values()) {
            if (use.volume() != null) {
                continue;
            }
            String known = inherited.get(use.target());
            if (known != null) {
                names.put(use.target(), known);
            } else {
                String made = volumes.createAnonymous(new VolumeOptions(
                                VolumeOptions.LOCAL, Map.of(), Map.of(Labels.PROJECT, project.name())))
                        .name();
                undo.with(() -> volumes.remove(made));
                names.put(use.target(), made);
            }
        }
        return names;
    }
}
