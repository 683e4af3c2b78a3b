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
 * @param recreate which existing containers of these services are made anew
 * @param recreateDependencies which existing containers of the services that they need are made anew
 * @param noStart create only
 * @param removeOrphans also remove containers of services that are not in the project any more
 * @param ignoreOrphans do not warn of them
 * @param renewAnonymousVolumes do not keep anonymous volumes of recreated containers
 * @param changedVolumes what to do with a volume whose configuration in the file is another now
 * @param scale replicas per service, over what the file says
 * @param awaitReady return only when every service runs, and is healthy where it has a health check
 * @param waitTimeoutSeconds null for no limit
 * @param stopTimeoutSeconds grace before the kill when a container is recreated; null for the service's own
 * @param images where images come from
 */
public record UpRequest(
        String projectJson,
        Set<String> services,
        boolean noDeps,
        Recreate recreate,
        Recreate recreateDependencies,
        boolean noStart,
        boolean removeOrphans,
        boolean ignoreOrphans,
        boolean renewAnonymousVolumes,
        ChangedVolumes changedVolumes,
        Map<String, Integer> scale,
        boolean awaitReady,
        @Nullable Integer waitTimeoutSeconds,
        @Nullable Integer stopTimeoutSeconds,
        ImageOptions images,
        Execution execution) {

    /** Which existing containers are made anew. */
    public enum Recreate {
        /** Those whose configuration or image changed. */
        DIVERGED,
        /** All. */
        FORCE,
        /** None. */
        NEVER
    }

    /** A volume cannot be changed without losing its data. */
    public enum ChangedVolumes {
        /** They stay as they are, with a warning. */
        KEEP,
        /** They are removed with their data and made again. */
        RECREATE,
        /** Nothing is done, and the operation fails with {@link EngineException.Kind#QUESTION}. */
        ASK
    }

    public UpRequest {
        services = Set.copyOf(services);
        scale = Map.copyOf(scale);
    }

    /** Everything in the project, in the usual way. */
    public static UpRequest of(String projectJson) {
        return builder(projectJson).build();
    }

    /** Everything in the project, in the usual way, to be changed. */
    public static UpRequestBuilder builder(String projectJson) {
        return new UpRequestBuilder(projectJson);
    }
}
