package dev.jcompose.engine.api;

import java.util.List;

/**
 * What a removal did.
 *
 * @param untagged names that were taken away
 * @param deleted ids of images that are gone
 * @param reclaimedBytes room that is free now
 */
public record RemovedImages(List<String> untagged, List<String> deleted, long reclaimedBytes) {
    public RemovedImages {
        untagged = List.copyOf(untagged);
        deleted = List.copyOf(deleted);
    }
}
