package dev.jcompose.engine.api;

import org.jspecify.annotations.Nullable;

/**
 * A one-off container of a service.
 *
 * @param projectJson the project in the canonical form of {@code config --format json}; its service is as the container
 *     is to be, with what the command line says about ports, volumes, command and so on
 * @param name of the container; null for {@code project-service-run-0123456789ab}
 * @param noDeps do not start what the service depends on
 * @param removeOrphans when the dependencies are brought up
 * @param autoRemove remove the container when it has ended
 * @param stdin its input is that of the client who attaches to it
 * @param useAliases it is found by the names of its service
 * @param images where the images of the service and of its dependencies come from
 */
public record RunRequest(
        String projectJson,
        String service,
        @Nullable String name,
        boolean noDeps,
        boolean removeOrphans,
        boolean autoRemove,
        boolean stdin,
        boolean useAliases,
        ImageOptions images) {}
