package dev.jcompose.engine.container;

import dev.jcompose.model.DependsOn;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.write.ProjectReader;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a container was made from. Written once, when it is made; enough to start it again without the Compose file.
 *
 * @param version of this form, {@value #VERSION}
 * @param id 64 hex digits
 * @param number replica, from 1; 0 for a one-off
 * @param oneOff made by {@code run}
 * @param imageId the image's digest
 * @param mountedImages by the name that a volume of type image has, the id that it stood for when the container was
 *     made
 * @param configHash of the service and what it is granted; the label of this name has that of the service alone
 * @param dependsOn the services that its service needs, with the condition
 * @param anonymousVolumes path in the container to the name of the volume
 * @param labels of the container, Compose's own among them
 * @param projectJson the project, cut down to this service, in canonical form
 * @param run what {@code run} made it for; null for a service's container
 */
public record ContainerConfig(
        int version,
        String id,
        String name,
        String project,
        String service,
        int number,
        boolean oneOff,
        Instant createdAt,
        String imageId,
        String configHash,
        Map<String, DependsOn> dependsOn,
        Map<String, String> anonymousVolumes,
        Map<String, String> mountedImages,
        Map<String, String> labels,
        String projectJson,
        @Nullable OneOff run) {

    /** The version that this engine writes. */
    public static final int VERSION = 1;

    private static final int SHORT_ID = 12;

    public ContainerConfig {
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "container state of version " + version + " is not of this engine's version " + VERSION);
        }
        dependsOn = Map.copyOf(dependsOn);
        anonymousVolumes = Map.copyOf(anonymousVolumes);
        mountedImages = Map.copyOf(Objects.requireNonNullElse(mountedImages, Map.of()));
        labels = Map.copyOf(labels);
    }

    /** The first twelve digits, as Docker shows them; also the default host name. */
    public String shortId() {
        return id.substring(0, SHORT_ID);
    }

    /** The same with another name. */
    public ContainerConfig named(String other) {
        return new ContainerConfig(
                version,
                id,
                other,
                project,
                service,
                number,
                oneOff,
                createdAt,
                imageId,
                configHash,
                dependsOn,
                anonymousVolumes,
                mountedImages,
                labels,
                projectJson,
                run);
    }

    /** Reads the project again: only this service, and what it uses. */
    Project readProject() {
        return ProjectReader.fromJson(projectJson);
    }

    /** Reads the service again. */
    Service readService(Project from) {
        return from.service(service)
                .orElseThrow(() -> new IllegalArgumentException("container " + name + " has no service " + service));
    }
}
