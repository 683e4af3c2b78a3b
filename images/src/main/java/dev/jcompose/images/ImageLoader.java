package dev.jcompose.images;

import dev.jcompose.images.archive.ArchiveSpool;
import dev.jcompose.images.archive.ArchivedImage;
import dev.jcompose.images.archive.ImageArchive;
import dev.jcompose.images.archive.SpooledFile;
import dev.jcompose.images.layer.LayerException;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.store.BlobStore;
import dev.jcompose.images.store.ChainId;
import dev.jcompose.images.store.LayerStore;
import dev.jcompose.images.store.StoredLayer;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the images of an archive as far as the store's door: everything verified, unpacked and on the disk, in a
 * temporary directory. {@link Loaded#publish} only renames.
 */
final class ImageLoader {
    private final Linux linux;
    private final Temporaries temporaries;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final OciJson json;

    ImageLoader(Linux linux, Temporaries temporaries, BlobStore blobs, LayerStore layers, OciJson json) {
        this.linux = linux;
        this.temporaries = temporaries;
        this.blobs = blobs;
        this.layers = layers;
        this.json = json;
    }

    Loaded load(InputStream archive) throws IOException {
        Loaded loaded = new Loaded(temporaries.directory());
        try {
            ArchiveSpool spool = ArchiveSpool.read(archive, Files.createDirectory(loaded.work.resolve("files")));
            for (ArchivedImage image : new ImageArchive(json, Platform.current()).images(spool)) {
                loaded.add(image);
            }
            try (Fd directory = linux.files().openat(null, loaded.work.toString(), Fcntl.O_RDONLY, 0)) {
                linux.trees().syncfs(directory);
            }
            return loaded;
        } catch (IOException | RuntimeException e) {
            try {
                loaded.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** @param id digest of the configuration */
    record LoadedImage(Digest id, Digest manifest, List<ImageReference> names) {}

    /** Images that wait for being published; what was not is thrown away on close. */
    final class Loaded implements AutoCloseable {
        private final Path work;
        private final List<LoadedImage> images = new ArrayList<>();
        private final Map<Digest, Path> newBlobs = new LinkedHashMap<>();
        private final Map<Digest, Path> newLayers = new LinkedHashMap<>();
        private final Map<Digest, StoredLayer> staged = new LinkedHashMap<>();

        private Loaded(Path work) {
            this.work = work;
        }

        List<LoadedImage> images() {
            return images;
        }

        private void add(ArchivedImage image) throws IOException {
            List<ImageReference> names = new ArrayList<>();
            for (String name : image.names()) {
                names.add(reference(name));
            }
            unpack(image);
            newBlobs.put(image.manifest().digest(), image.manifest().path());
            newBlobs.put(image.configFile().digest(), image.configFile().path());
            image.layers().forEach(layer -> newBlobs.put(layer.digest(), layer.path()));
            images.add(new LoadedImage(
                    image.configFile().digest(), image.manifest().digest(), names));
        }

        private void unpack(ArchivedImage image) throws IOException {
            List<Digest> diffIds = image.config().rootfs().diffIds();
            List<Digest> chainIds = ChainId.of(diffIds);
            List<Path> below = new ArrayList<>();
            for (int i = 0; i < chainIds.size(); i++) {
                Digest chainId = chainIds.get(i);
                StoredLayer layer = staged.get(chainId);
                Optional<StoredLayer> there = layer == null ? layers.find(chainId) : Optional.of(layer);
                if (there.isEmpty()) {
                    Path staging = work.resolve("layer-" + newLayers.size());
                    layer = stage(image.layers().get(i), diffIds.get(i), below, staging);
                    staged.put(chainId, layer);
                    newLayers.put(chainId, staging);
                    there = Optional.of(layer);
                }
                below.add(there.get().directory());
            }
        }

        private StoredLayer stage(SpooledFile blob, Digest diffId, List<Path> below, Path staging) throws IOException {
            try {
                return layers.stage(blob.path(), blob.digest(), diffId, below, staging);
            } catch (LayerException e) {
                throw new ImageException("layer '" + blob.name() + "': " + e.getMessage(), e);
            }
        }

        private ImageReference reference(String name) throws ImageException {
            try {
                ImageReference reference = ImageReference.parse(name);
                if (reference.equals(HostImage.NAME)) {
                    throw new ImageException("the archive has an image of the built-in name '" + name + "'");
                }
                return reference;
            } catch (IllegalArgumentException e) {
                throw new ImageException("the archive has an " + e.getMessage(), e);
            }
        }

        /** Puts everything in its place in the store. */
        void publish() throws IOException {
            for (Map.Entry<Digest, Path> layer : newLayers.entrySet()) {
                if (layers.find(layer.getKey()).isEmpty()) {
                    layers.publish(layer.getValue(), layer.getKey());
                }
            }
            for (Map.Entry<Digest, Path> blob : newBlobs.entrySet()) {
                if (!Files.exists(blobs.path(blob.getKey()))) {
                    blobs.adopt(blob.getValue(), blob.getKey());
                }
            }
        }

        @Override
        public void close() throws IOException {
            temporaries.remove(work);
        }
    }
}
