package dev.jcompose.images.build.cache;

import dev.jcompose.images.Layer;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.task.TaskThreads;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/**
 * The layers of one build's steps: from the store's own cache, from caches of others, or made. What a step has made is
 * saved while the next ones run, so that a build that dies with its process is not begun anew. Thread-safe.
 */
public final class StepCache implements AutoCloseable {
    private final BuildCache own;
    private final SharedCache shared;
    private final Map<Digest, CachedLayer> used = new ConcurrentHashMap<>();
    /** A thread of its own: saving waits for the disk, and the interrupt that ends a build must not cut it short. */
    private final TaskThreads saver = new TaskThreads("build-cache", 1);

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
        save();
        return layer;
    }

    private Future<?> save() {
        return saver.submit(() -> {
            own.save();
            return null;
        });
    }

    /** What all steps so far have got, by key. */
    public Map<Digest, CachedLayer> used() {
        return Map.copyOf(used);
    }

    /**
     * Returns when everything is saved, also in a thread that is interrupted.
     *
     * @throws IOException if something cannot be
     */
    @Override
    public void close() throws IOException {
        boolean interrupted = Thread.interrupted();
        try (saver) {
            TaskThreads.result(save());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
