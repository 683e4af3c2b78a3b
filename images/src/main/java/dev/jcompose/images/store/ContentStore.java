package dev.jcompose.images.store;

import dev.jcompose.images.layer.LayerUnpacker;
import dev.jcompose.images.layer.UnpackLimits;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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

    /** @param root made if it is not there */
    public ContentStore(Linux linux, Path root, OciJson json) throws IOException {
        this.linux = linux;
        this.root = root;
        this.json = json;
        Files.createDirectories(root);
        blobs = new BlobStore(root.resolve("blobs"));
        layers = new LayerStore(linux, root.resolve("layers"), new LayerUnpacker(linux, UnpackLimits.DEFAULT), json);
    }

    /** Manifests, configurations and layers as they are in registries. */
    public BlobStore blobs() {
        return blobs;
    }

    /** Layers for overlayfs. */
    public LayerStore layers() {
        return layers;
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
     * Removes blobs and layers that nothing needs.
     *
     * @param trash where layers go while they are being removed
     */
    public void collect(Set<Digest> usedBlobs, Set<Digest> usedLayers, Temporaries trash) throws IOException {
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
