package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which unused images go.
 *
 * @param all also those that have a name
 * @param labels each {@code NAME} or {@code NAME=VALUE}; an image must have all of them
 * @param until only images that were made before; null for no limit
 */
public record PruneImagesRequest(
        boolean all, List<String> labels, @Nullable Instant until) {
    public PruneImagesRequest {
        labels = List.copyOf(labels);
    }
}
