package dev.jcompose.engine.plan;

import dev.jcompose.engine.api.UpRequest.Recreate;
import java.util.Map;
import java.util.Set;

/**
 * How {@code up} decides.
 *
 * @param recreate which existing containers are made anew
 * @param forced services that {@link Recreate#FORCE} is meant for; the others are their dependencies
 * @param start false: only create
 * @param removeOrphans remove containers of services that are not in the project
 * @param renewAnonymousVolumes do not hand anonymous volumes on
 * @param imageIds by service, of the images as they are now
 */
public record UpOptions(
        Recreate recreate,
        Set<String> forced,
        boolean start,
        boolean removeOrphans,
        boolean renewAnonymousVolumes,
        Map<String, String> imageIds) {

    public UpOptions {
        forced = Set.copyOf(forced);
        imageIds = Map.copyOf(imageIds);
    }
}
