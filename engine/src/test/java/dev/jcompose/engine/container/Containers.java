package dev.jcompose.engine.container;

import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.write.ProjectWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes containers of which nothing is on the disk. */
public final class Containers {
    private Containers() {}

    /** A container {@code project-service-1} that was never started; {@code id} is filled up with zeroes. */
    public static Container created(String id, String project, Service service) {
        String fullId = id + "0".repeat(64 - id.length());
        ContainerConfig config = new ContainerConfig(
                ContainerConfig.VERSION,
                fullId,
                project + "-" + service.name() + "-1",
                project,
                service.name(),
                1,
                false,
                Instant.EPOCH,
                "sha256:0",
                "hash",
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                ProjectWriter.toJson(project(project, service)),
                null);
        return new Container(config, new ContainerFiles(Path.of("/data"), Path.of("/run")), ContainerStatus.CREATED);
    }

    /** A project of that service alone. */
    public static Project project(String name, Service service) {
        return new Project(
                name,
                Path.of("/p"),
                List.of("/p/compose.yaml"),
                Map.of(service.name(), service),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** The status of one that runs. */
    public static ContainerStatus running() {
        return ContainerStatus.CREATED.started(
                new dev.jcompose.runtime.container.ContainerProcess(1, 2, 3, 4),
                "boot",
                Instant.EPOCH,
                0,
                List.of(),
                List.of());
    }
}
