package dev.jcompose.images.build.cache;

import dev.jcompose.images.Layer;
import dev.jcompose.images.oci.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The layers of one build's steps: from the store's own cache, from caches of others, or made. Thread-safe. */
public final class StepCache {
    private final BuildCache own;
    private final SharedCache shared;
    private final Map<Digest, CachedLayer> used = new ConcurrentHashMap<>();

    public StepCache(BuildCache own, SharedCache shared) {
        this.own = own;
        this.shared = shared;
    }

    /**
     * The layer of a key, made unless it is there.
     *
     * @param below the layers that it is on, bottom first
     * @param use whether one that is there may be taken
     */
    public CachedLayer get(Digest key, List<Layer> below, boolean use, BuildCache.Making making) throws IOException {
        CachedLayer layer = own.get(key, below, use, () -> {
            Optional<CachedLayer> there = use ? shared.find(key, below) : Optional.empty();
            return there.isPresent() ? there.get() : making.make();
        });
        used.put(key, layer);
        return layer;
    }

    /** What all steps so far have got, by key. */
    public Map<Digest, CachedLayer> used() {
        return Map.copyOf(used);
    }
}
