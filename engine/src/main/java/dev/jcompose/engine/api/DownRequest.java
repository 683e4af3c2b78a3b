package dev.jcompose.engine.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code down} is to remove.
 *
 * @param project its name
 * @param projectJson the project when there is a file: what is not in it stays unless asked for; null without
 * @param services only these, and what depends on them; empty for all
 * @param volumes also named volumes of the project and anonymous volumes of its containers
 * @param removeOrphans also containers of services that are not in the file, and those of {@code run}
 * @param removeImages {@code none}, {@code local} or {@code all}
 * @param timeoutSeconds grace before the kill; null for each service's own
 */
public record DownRequest(
        String project,
        @Nullable String projectJson,
        Set<String> services,
        boolean volumes,
        boolean removeOrphans,
        String removeImages,
        @Nullable Integer timeoutSeconds,
        Execution execution) {

    public DownRequest {
        services = Set.copyOf(services);
    }

    /** For real, without a limit. */
    public DownRequest(
            String project,
            @Nullable String projectJson,
            Set<String> services,
            boolean volumes,
            boolean removeOrphans,
            String removeImages,
            @Nullable Integer timeoutSeconds) {
        this(project, projectJson, services, volumes, removeOrphans, removeImages, timeoutSeconds, Execution.USUAL);
    }
}
