package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the containers that the state directory knows. */
final class RecordedContainer {
    private static final Logger log = LoggerFactory.getLogger(RecordedContainer.class);

    private RecordedContainer() {}

    /** All that can be read; for the others the log says why not, and their files stay. */
    static List<Container> all(EngineDirectories directories, StateFiles stateFiles, TreeRemoval trees)
            throws IOException {
        Path all = ContainerFiles.all(directories);
        List<Container> containers = new ArrayList<>();
        if (!Files.isDirectory(all)) {
            return containers;
        }
        try (Stream<Path> entries = Files.list(all)) {
            for (Path entry : entries.toList()) {
                one(ContainerFiles.of(directories, entry.getFileName().toString()), stateFiles, trees)
                        .ifPresent(containers::add);
            }
        }
        return containers;
    }

    private static Optional<Container> one(ContainerFiles files, StateFiles stateFiles, TreeRemoval trees) {
        try {
            Optional<ContainerConfig> config = stateFiles.read(files.config(), ContainerConfig.class);
            if (config.isEmpty()) {
                // The engine was killed while it made or removed this container: nothing refers to it.
                trees.remove(files.run());
                trees.remove(files.data());
                return Optional.empty();
            }
            ContainerStatus status =
                    stateFiles.read(files.status(), ContainerStatus.class).orElse(ContainerStatus.CREATED);
            Optional<Project> values = SecretValues.find(files);
            return Optional.of(
                    values.isPresent()
                            ? new Container(config.get(), values.get(), files, status)
                            : new Container(config.get(), files, status));
        } catch (StateException | IllegalArgumentException | IOException e) {
            log.error("container {} is left alone: {}", files.data().getFileName(), e.getMessage());
            return Optional.empty();
        }
    }
}
