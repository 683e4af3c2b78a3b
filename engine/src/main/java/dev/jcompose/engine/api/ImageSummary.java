package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An image of the store.
 *
 * @param id {@code sha256:...}
 * @param names familiar references, for example {@code postgres:17}
 * @param repoDigests what registries call it, for example {@code postgres@sha256:...}
 * @param lastTaggedAt the epoch if unknown
 * @param containers how many containers are made from it
 */
public record ImageSummary(
        String id,
        List<String> names,
        List<String> repoDigests,
        long sizeBytes,
        Instant createdAt,
        Instant lastTaggedAt,
        String platform,
        Map<String, String> labels,
        int containers) {
    public ImageSummary {
        names = List.copyOf(names);
        repoDigests = List.copyOf(repoDigests);
        labels = Map.copyOf(labels);
    }

    /** One of which only that is known. */
    public static ImageSummary of(String id, List<String> names, long sizeBytes, Instant createdAt, String platform) {
        return new ImageSummary(id, names, List.of(), sizeBytes, createdAt, Instant.EPOCH, platform, Map.of(), 0);
    }
}
