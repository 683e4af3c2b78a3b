package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The content of an image store without the index: blobs and unpacked layers. Several processes may add to it at once.
 */
public final class ContentStore {
    private final Linux linux;
    private final Path root;
    private final OciJson json;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final Pins pins;
    private final UnfinishedPulls unfinished;
    private final Failpoint failpoint;

    /** @param root made if it is not there */
    public ContentStore(Linux linux, Path root, OciJson json) throws IOException {
        this(linux, root, json, Failpoint.NONE);
    }

    /** The same with a place to be killed at. */
    public ContentStore(Linux linux, Path root, OciJson json, Failpoint failpoint) throws IOException {
        this.linux = linux;
        this.root = root;
        this.json = json;
        this.failpoint = failpoint;
        Files.createDirectories(root);
        blobs = new BlobStore(root.resolve("blobs"), failpoint);
        layers = new LayerStore(linux, root.resolve("layers"), json, failpoint);
        pins = new Pins(root.resolve("pins"), json);
        unfinished = new UnfinishedPulls(root.resolve("downloads"), pins, new TreeRemoval(linux));
    }

    /** Manifests, configurations and layers as they are in registries. */
    public BlobStore blobs() {
        return blobs;
    }

    /** Layers for overlayfs. */
    public LayerStore layers() {
        return layers;
    }

    /** What is kept besides images. */
    public Pins pins() {
        return pins;
    }

    /** What pulls have so far. */
    public UnfinishedPulls unfinished() {
        return unfinished;
    }

    /** Where this process may be killed. */
    public Failpoint failpoint() {
        return failpoint;
    }

    /** Reads and writes the documents. */
    public OciJson json() {
        return json;
    }

    /** Where it is. */
    public Path root() {
        return root;
    }

    /** A place below the store for what is being made. */
    public Temporaries temporaries(Path directory) throws IOException {
        return new Temporaries(directory, new TreeRemoval(linux));
    }

    /** Returns when everything written so far is on the disk. */
    public void sync() throws IOException {
        try (Fd directory = linux.files().openat(null, root.toString(), Fcntl.O_RDONLY, 0)) {
            linux.trees().syncfs(directory);
        }
    }

    /** Size of all unpacked layers. */
    public long sizeBytes() throws IOException {
        return layerBytes(layers.list());
    }

    /** Size of these layers, unpacked; those that are not there count nothing. */
    public long layerBytes(Collection<Digest> chainIds) throws IOException {
        long sum = 0;
        for (Digest chainId : chainIds) {
            sum += layers.find(chainId).map(StoredLayer::sizeBytes).orElse(0L);
        }
        return sum;
    }

    /**
     * Removes blobs and layers that neither images nor pins need, and what pulls have left that nobody takes up.
     *
     * @param ofImages blobs
     * @param layersOfImages chain ids
     * @param trash where layers go while they are being removed
     */
    public void collect(Set<Digest> ofImages, Set<Digest> layersOfImages, Temporaries trash, Instant now)
            throws IOException {
        unfinished.collect(now);
        Set<Digest> usedBlobs = new HashSet<>(ofImages);
        Set<Digest> usedLayers = new HashSet<>(layersOfImages);
        for (Pins.Pin pin : pins.all()) {
            usedBlobs.addAll(pin.blobs());
            usedLayers.addAll(pin.layers());
        }
        for (Digest blob : blobs.list()) {
            if (!usedBlobs.contains(blob)) {
                blobs.remove(blob);
            }
        }
        for (Digest chainId : layers.list()) {
            if (!usedLayers.contains(chainId)) {
                layers.remove(chainId, trash.path());
            }
        }
    }
}
