package dev.jcompose.engine.plan;

import dev.jcompose.engine.api.UpRequest.ChangedVolumes;
import dev.jcompose.engine.api.UpRequest.Recreate;
import java.util.Map;
import java.util.Set;

/**
 * How {@code up} decides.
 *
 * @param named the services that the command is about; the others are there because these need them
 * @param recreate which existing containers of the named services are made anew
 * @param recreateDependencies which of the others
 * @param start false: only create
 * @param removeOrphans remove containers of services that are not in the project
 * @param ignoreOrphans do not warn of them
 * @param renewAnonymousVolumes do not hand anonymous volumes on
 * @param changedVolumes what to do with volumes whose configuration changed
 * @param imageIds by service, of the images as they are now
 * @param hashes by service, of its configuration as it is now
 */
public record UpOptions(
        Set<String> named,
        Recreate recreate,
        Recreate recreateDependencies,
        boolean start,
        boolean removeOrphans,
        boolean ignoreOrphans,
        boolean renewAnonymousVolumes,
        ChangedVolumes changedVolumes,
        Map<String, String> imageIds,
        Map<String, String> hashes) {

    public UpOptions {
        named = Set.copyOf(named);
        imageIds = Map.copyOf(imageIds);
        hashes = Map.copyOf(hashes);
    }

    /** Which existing containers of that service are made anew. */
    Recreate recreate(String service) {
        return named.contains(service) ? recreate : recreateDependencies;
    }
}
