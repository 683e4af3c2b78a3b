package dev.jcompose.images.build.cache;

import dev.jcompose.images.oci.Digest;
import java.util.List;

/**
 * What a cache that others can read holds: the configuration of an OCI manifest whose layers are those of the cache.
 *
 * @param version of this format
 */
record CacheDocument(int version, List<Entry> entries) {
    static final String MEDIA_TYPE = "application/vnd.jcompose.buildcache.v1+json";
    static final int VERSION = 1;

    CacheDocument {
        entries = List.copyOf(entries);
    }

    /**
     * A layer and what it was made from.
     *
     * @param key of {@link BuildCache}
     * @param layer its place among the layers of the manifest
     * @param made RFC 3339
     */
    record Entry(Digest key, int layer, Digest diffId, String made) {}
}
