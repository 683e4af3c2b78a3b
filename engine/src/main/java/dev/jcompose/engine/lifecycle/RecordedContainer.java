package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.event.Notices;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.model.Project;
import dev.jcompose.runtime.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the containers that the state directory knows. */
final class RecordedContainer {
    private static final Logger log = LoggerFactory.getLogger(RecordedContainer.class);

    private static final int SHORT_ID = 12;

    private RecordedContainer() {}

    /**
     * All that can be read. What is left of the others is ended, and their files go to {@code quarantine}.
     *
     * @param notices is told of those
     */
    static List<Container> all(
            EngineDirectories directories,
            StateFiles stateFiles,
            TreeRemoval trees,
            ContainerRuntime runtime,
            Notices notices)
            throws IOException {
        Path all = ContainerFiles.all(directories);
        List<Container> containers = new ArrayList<>();
        if (!Files.isDirectory(all)) {
            return containers;
        }
        try (Stream<Path> entries = Files.list(all)) {
            for (Path entry : entries.toList()) {
                String id = entry.getFileName().toString();
                ContainerFiles files = ContainerFiles.of(directories, id);
                try {
                    one(files, stateFiles, trees, notices).ifPresent(containers::add);
                } catch (StateException | IllegalArgumentException | IOException e) {
                    quarantine(directories, files, id, runtime, trees, notices, String.valueOf(e.getMessage()));
                }
            }
        }
        return containers;
    }

    private static Optional<Container> one(
            ContainerFiles files, StateFiles stateFiles, TreeRemoval trees, Notices notices) throws IOException {
        Optional<ContainerConfig> config = stateFiles.read(files.config(), ContainerConfig.class);
        if (config.isEmpty()) {
            // The engine was killed while it made or removed this container: nothing refers to it.
            trees.remove(files.run());
            trees.remove(files.data());
            return Optional.empty();
        }
        ContainerStatus status = status(config.get(), files, stateFiles, notices);
        Optional<Project> values = SecretValues.find(files);
        return Optional.of(
                values.isPresent()
                        ? new Container(config.get(), values.get(), files, status)
                        : new Container(config.get(), files, status));
    }

    /** What it is doing; a damaged file is set aside, and the container counts as one that does not run. */
    private static ContainerStatus status(
            ContainerConfig config, ContainerFiles files, StateFiles stateFiles, Notices notices) throws IOException {
        try {
            return stateFiles.read(files.status(), ContainerStatus.class).orElse(ContainerStatus.CREATED);
        } catch (StateException e) {
            Path aside = files.data().resolve("status.json.damaged");
            Files.move(files.status(), aside, StandardCopyOption.REPLACE_EXISTING);
            tell(
                    notices,
                    "what container " + config.name() + " is doing cannot be read, so it was stopped (" + e.getMessage()
                            + "; the file is now " + aside + ")");
            return ContainerStatus.CREATED;
        }
    }

    /** Nobody can say what it is, so it does not run on; but what it wrote is not thrown away. */
    private static void quarantine(
            EngineDirectories directories,
            ContainerFiles files,
            String id,
            ContainerRuntime runtime,
            TreeRemoval trees,
            Notices notices,
            String why) {
        Path place = directories.data().resolve("quarantine").resolve(id);
        try {
            runtime.delete(id, files.run());
            trees.remove(files.run());
            Files.createDirectories(place.resolveSibling(""));
            Files.move(files.data(), place);
            tell(
                    notices,
                    "container " + id.substring(0, Math.min(SHORT_ID, id.length()))
                            + " cannot be read, so it was stopped and its files are now in " + place + " (" + why
                            + "); remove them, or put them back when they are mended");
        } catch (IOException e) {
            log.error("container {} is left alone: {}; {}", id, why, e.getMessage());
        }
    }

    private static void tell(Notices notices, String text) {
        log.error(text);
        notices.add(text);
    }
}
