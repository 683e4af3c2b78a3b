package dev.jcompose.engine.network;

import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The names by which containers reach this host. */
final class HostNames {
    static final List<String> ALL =
            List.of("host.docker.internal", "host.jcompose.internal", "gateway.docker.internal");

    private static final String IN_EXTRA_HOSTS = "host-gateway";

    private HostNames() {}

    /** Whether a service's settings tell that it asks this host; those that find it otherwise are not seen. */
    static boolean areUsedBy(Project project) {
        return project.services().stream().anyMatch(HostNames::areUsedBy);
    }

    private static boolean areUsedBy(Service service) {
        return service.dns().extraHosts().values().stream()
                        .flatMap(Collection::stream)
                        .anyMatch(IN_EXTRA_HOSTS::equals)
                || Stream.of(service.environment().values(), service.command(), service.entrypoint())
                        .filter(Objects::nonNull)
                        .flatMap(Collection::stream)
                        .filter(Objects::nonNull)
                        .anyMatch(text -> ALL.stream().anyMatch(text::contains));
    }
}
