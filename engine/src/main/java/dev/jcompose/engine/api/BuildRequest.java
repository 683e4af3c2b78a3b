package dev.jcompose.engine.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which images to build, and how.
 *
 * @param projectJson the project in the canonical form of {@code config --format json}
 * @param services those to build; empty for all that have a {@code build}
 * @param withDependencies also the services that these depend on
 * @param args build arguments over those of the file
 * @param noCache nothing is taken from the cache
 * @param pull base images are looked for in their registries even if they are here
 * @param checkOnly the Dockerfiles are read and checked, nothing is built
 * @param memoryBytes limit for each command; null for none
 * @param ssh {@code default}, {@code ID} or {@code ID=SOCKET}, over those of the file
 * @param environment of the caller: {@code SSH_AUTH_SOCK}, {@code SOURCE_DATE_EPOCH}, proxies, and what secrets name
 */
public record BuildRequest(
        String projectJson,
        Set<String> services,
        boolean withDependencies,
        Map<String, String> args,
        boolean noCache,
        boolean pull,
        boolean checkOnly,
        @Nullable Long memoryBytes,
        List<String> ssh,
        Map<String, String> environment) {

    /** The attribute of an event that is a line of progress: its value is the line, as BuildKit's plain progress. */
    public static final String OUTPUT = "output";

    public BuildRequest {
        services = Set.copyOf(services);
        args = Map.copyOf(args);
        ssh = List.copyOf(ssh);
        environment = Map.copyOf(environment);
    }

    /** The same with another environment. */
    public BuildRequest with(Map<String, String> other) {
        return new BuildRequest(
                projectJson, services, withDependencies, args, noCache, pull, checkOnly, memoryBytes, ssh, other);
    }

    /** A build in the usual way. */
    public static BuildRequest of(String projectJson, Set<String> services) {
        return new BuildRequest(projectJson, services, false, Map.of(), false, false, false, null, List.of(), Map.of());
    }
}
