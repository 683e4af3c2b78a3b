package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.List;

/**
 * An image of the store.
 *
 * @param id {@code sha256:...}
 * @param names familiar references, for example {@code postgres:17}
 */
public record ImageSummary(String id, List<String> names, long sizeBytes, Instant createdAt, String platform) {
    public ImageSummary {
        names = List.copyOf(names);
    }
}
