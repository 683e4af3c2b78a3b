package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.List;

/**
 * A step of how an image was made.
 *
 * @param id of the image, for its last step; else empty
 * @param createdBy the command
 * @param sizeBytes what its layer adds; 0 for a step without one
 * @param names of the image, for its last step
 */
public record ImageHistoryStep(
        String id, Instant createdAt, String createdBy, long sizeBytes, String comment, List<String> names) {
    public ImageHistoryStep {
        names = List.copyOf(names);
    }
}
