package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.task.Cancellation;
import dev.jcompose.images.task.TaskThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;

/**
 * Adds the layers of one image to the store side by side: as many at once as there are processors. A layer waits for
 * those below it only when it depends on what they have. Used by one thread.
 */
public final class ImageUnpacking implements AutoCloseable {
    private final LayerStore layers;
    private final List<Digest> diffIds;
    private final List<Digest> chainIds;
    private final TaskThreads threads;
    private final CompletionService<StoredLayer> ended;

    /** Bottom first. A layer is begun after those below it, so whoever waits for one below waits for one that runs. */
    private final List<Future<StoredLayer>> begun = new ArrayList<>();

    /** Has a layer's content ready, and adds it. */
    @FunctionalInterface
    public interface Task {
        StoredLayer run(Slot slot) throws IOException;
    }

    /** A layer's place in the image. */
    public final class Slot {
        private final Digest diffId;
        private final Digest chainId;
        private final Path staging;
        private final List<Future<StoredLayer>> below = List.copyOf(begun);

        private Slot(Path staging) {
            diffId = diffIds.get(below.size());
            chainId = chainIds.get(below.size());
            this.staging = staging;
        }

        /** What the layer's uncompressed tar file must be. */
        public Digest diffId() {
            return diffId;
        }

        /** Names the layer and those below it. */
        public Digest chainId() {
            return chainId;
        }

        /** See {@link LayerStore#add}. */
        public StoredLayer add(LayerContent content) throws IOException {
            return layers.add(content, chainId, this::directories, staging);
        }

        private List<Path> directories() throws IOException {
            List<Path> directories = new ArrayList<>();
            for (Future<StoredLayer> layer : below) {
                directories.add(TaskThreads.result(layer).directory());
            }
            return directories;
        }
    }

    /** @param diffIds of all layers that will be added, bottom first */
    public ImageUnpacking(LayerStore layers, List<Digest> diffIds) {
        this.layers = layers;
        this.diffIds = List.copyOf(diffIds);
        chainIds = ChainId.of(diffIds);
        int processors = Runtime.getRuntime().availableProcessors();
        threads = new TaskThreads("layer-unpack", Math.max(1, Math.min(processors, diffIds.size())));
        ended = new ExecutorCompletionService<>(threads);
    }

    /**
     * Begins to add the next layer.
     *
     * @param staging a path on the store's file system where nothing is
     */
    public void add(Task task, Path staging) {
        Slot slot = new Slot(staging);
        begun.add(ended.submit(() -> task.run(slot)));
    }

    /**
     * Returns when all layers are there.
     *
     * @throws IOException as soon as one cannot be added
     */
    public void await() throws IOException {
        for (int i = 0; i < begun.size(); i++) {
            try {
                Future<StoredLayer> layer = ended.take();
                // One that failed because of one below it is not the one to tell of.
                for (Future<StoredLayer> lowest : begun) {
                    if (lowest == layer || lowest.isDone()) {
                        TaskThreads.result(lowest);
                    }
                }
            } catch (InterruptedException e) {
                throw Cancellation.of(e);
            }
        }
    }

    /** Ends what is still being added; nothing is written any more when this returns. */
    @Override
    public void close() {
        threads.close();
    }
}
