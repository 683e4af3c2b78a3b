package dev.jcompose.engine.api;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} is to do.
 *
 * @param projectJson the project in the canonical form of {@code config --format json}
 * @param services those to bring up, with their dependencies; empty for all
 * @param noDeps without the dependencies
 * @param recreate which existing containers are made anew
 * @param noStart create only
 * @param removeOrphans also remove containers of services that are not in the project any more
 * @param renewAnonymousVolumes do not keep anonymous volumes of recreated containers
 * @param scale replicas per service, over what the file says
 * @param awaitReady return only when every service runs, and is healthy where it has a health check
 * @param waitTimeoutSeconds null for no limit
 * @param stopTimeoutSeconds grace before the kill when a container is recreated; null for the service's own
 */
public record UpRequest(
        String projectJson,
        Set<String> services,
        boolean noDeps,
        Recreate recreate,
        boolean noStart,
        boolean removeOrphans,
        boolean renewAnonymousVolumes,
        Map<String, Integer> scale,
        boolean awaitReady,
        @Nullable Integer waitTimeoutSeconds,
        @Nullable Integer stopTimeoutSeconds) {

    /** Which existing containers are made anew. */
    public enum Recreate {
        /** Those whose configuration or image changed. */
        DIVERGED,
        /** All. */
        FORCE,
        /** None. */
        NEVER
    }

    public UpRequest {
        services = Set.copyOf(services);
        scale = Map.copyOf(scale);
    }

    /** Everything in the project, in the usual way. */
    public static UpRequest of(String projectJson) {
        return new UpRequest(
                projectJson, Set.of(), false, Recreate.DIVERGED, false, false, false, Map.of(), false, null, null);
    }
}
