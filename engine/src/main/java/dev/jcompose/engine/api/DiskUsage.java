package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.List;

/**
 * What one kind of thing takes up.
 *
 * @param type {@code Images}, {@code Containers}, {@code Local Volumes} or {@code Build Cache}
 * @param active those in use
 * @param reclaimableBytes of those not in use
 * @param items each of them
 */
public record DiskUsage(String type, long total, long active, long sizeBytes, long reclaimableBytes, List<Item> items) {
    public DiskUsage {
        items = List.copyOf(items);
    }

    /**
     * One thing.
     *
     * @param id an image's or container's id, a volume's name, a cache entry's key
     * @param names an image's tags, a container's name
     * @param created the epoch if unknown
     * @param sharedBytes of an image: of layers that another one has as well
     * @param users an image's or volume's containers, a container's volumes
     */
    public record Item(String id, List<String> names, Instant created, long sizeBytes, long sharedBytes, long users) {
        public Item {
            names = List.copyOf(names);
        }
    }
}
