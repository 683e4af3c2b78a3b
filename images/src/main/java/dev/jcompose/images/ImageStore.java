package dev.jcompose.images;

import dev.jcompose.images.layer.LayerUnpacker;
import dev.jcompose.images.layer.UnpackLimits;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.store.BlobStore;
import dev.jcompose.images.store.IndexFile;
import dev.jcompose.images.store.LayerStore;
import dev.jcompose.images.store.StoreLock;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of this machine, unpacked and ready for overlayfs. {@code localhost/host} is always among them.
 *
 * <p>On disk: {@code blobs/}, {@code layers/}, {@code host/} (see {@link HostImage}), {@code index.json}, {@code tmp/}
 * for what is being made, {@code lock}. An image is there once {@code index.json} says so; what that does not lead to
 * is removed when the store is opened. So a crash at any moment costs no more than what was being loaded.
 *
 * <p>Thread-safe; one process at a time. Whether a container uses an image is for the caller to know. Needs root.
 */
public final class ImageStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImageStore.class);
    private static final int MIN_ID_PREFIX = 4;

    private final Path index;
    private final OciJson json = new OciJson();
    private final StoreLock lock;
    private final Temporaries temporaries;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final HostImage host;
    private final ImageLoader loader;

    /** By image id; replaced as a whole. */
    private volatile Map<String, StoredImage> images = Map.of();

    private ImageStore(Linux linux, Path root, List<Path> hiddenFromHostImage, StoreLock lock) throws IOException {
        this.lock = lock;
        index = root.resolve("index.json");
        temporaries = new Temporaries(root.resolve("tmp"), new TreeRemoval(linux));
        blobs = new BlobStore(root.resolve("blobs"));
        LayerUnpacker unpacker = new LayerUnpacker(linux, UnpackLimits.DEFAULT);
        layers = new LayerStore(linux, root.resolve("layers"), unpacker, json);
        host = new HostImage(linux, root.resolve("host"), temporaries, hiddenFromHostImage);
        loader = new ImageLoader(linux, temporaries, blobs, layers, json);
    }

    /**
     * Opens the store, and makes it if it is not there. Its directory is closed to other users: layers hold set-user-id
     * programs and device nodes.
     *
     * @param hiddenFromHostImage directories that containers of {@code localhost/host} must not see: those of the
     *     engine
     * @throws IOException if another process has it open, or its index is damaged
     */
    public static ImageStore open(Linux linux, Path root, List<Path> hiddenFromHostImage) throws IOException {
        Path absolute = root.toAbsolutePath();
        Files.createDirectories(absolute);
        Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
        StoreLock lock = StoreLock.take(absolute.resolve("lock"));
        try {
            ImageStore store = new ImageStore(linux, absolute, hiddenFromHostImage, lock);
            store.temporaries.clear();
            store.readIndex();
            store.collectGarbage();
            return store;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The image of this name. With a digest, that image and no other, whatever its tag here. */
    public Optional<Image> find(ImageReference reference) throws IOException {
        if (reference.equals(HostImage.NAME)) {
            return Optional.of(host.image());
        }
        return images.values().stream()
                .filter(stored -> isCalled(stored, reference))
                .map(StoredImage::image)
                .findFirst();
    }

    /**
     * The image of this id: {@code sha256:HEX}, or HEX, or at least its first four digits.
     *
     * @throws ImageException if several ids begin like that
     */
    public Optional<Image> findById(String id) throws IOException {
        String hex = id.startsWith("sha256:") ? id.substring("sha256:".length()) : id;
        if (hex.length() < MIN_ID_PREFIX) {
            return Optional.empty();
        }
        List<Image> found = list().stream()
                .filter(image -> image.id().startsWith("sha256:" + hex))
                .toList();
        if (found.size() > 1) {
            throw new ImageException("image id '" + id + "' is ambiguous: " + found.size() + " images begin like that");
        }
        return found.stream().findFirst();
    }

    /** All images, newest first; {@code localhost/host} is last. */
    public List<Image> list() throws IOException {
        List<Image> all = new ArrayList<>();
        images.values().forEach(stored -> all.add(stored.image()));
        all.sort(Comparator.comparing(Image::created).reversed());
        all.add(host.image());
        return all;
    }

    /** The built-in image, for what only it can say. */
    public HostImage host() {
        return host;
    }

    /**
     * Loads all images of an archive: of {@code docker save} or an OCI layout, compressed with gzip or not. A name that
     * another image had goes to the loaded one.
     *
     * @param archive read to its end as a stream; not closed
     * @return the images in the order of the archive
     * @throws IOException saying what is wrong with the archive; nothing is loaded then
     */
    public List<Image> load(InputStream archive) throws IOException {
        try (ImageLoader.Loaded loaded = loader.load(archive)) {
            return add(loaded);
        }
    }

    private synchronized List<Image> add(ImageLoader.Loaded loaded) throws IOException {
        loaded.publish();
        Map<String, StoredImage> next = new LinkedHashMap<>(images);
        Set<String> ids = new LinkedHashSet<>();
        for (ImageLoader.LoadedImage image : loaded.images()) {
            String id = image.id().toString();
            image.names().forEach(name -> takeName(next, name));
            StoredImage stored = next.get(id);
            List<ImageReference> names =
                    new ArrayList<>(stored == null ? List.of() : stored.image().names());
            names.addAll(image.names());
            next.put(
                    id,
                    stored == null
                            ? StoredImage.read(image.manifest(), names, blobs, layers, json)
                            : stored.withNames(names));
            ids.add(id);
        }
        replace(next);
        return ids.stream().map(next::get).map(StoredImage::image).toList();
    }

    /**
     * Gives an image one more name; another image that has it loses it.
     *
     * @throws ImageException if there is no such image, or the name is the built-in image's
     */
    public synchronized void tag(String id, ImageReference name) throws IOException {
        refuseHost(name);
        Map<String, StoredImage> next = new LinkedHashMap<>(images);
        takeName(next, name);
        StoredImage stored = next.get(id);
        if (stored == null) {
            throw new ImageException("no such image: " + id);
        }
        List<ImageReference> names = new ArrayList<>(stored.image().names());
        names.add(name);
        next.put(id, stored.withNames(names));
        replace(next);
    }

    /**
     * Takes a name away; an image that has no other name is removed. A name that is not there is fine.
     *
     * @throws ImageException for the built-in image
     */
    public synchronized void untag(ImageReference name) throws IOException {
        refuseHost(name);
        Map<String, StoredImage> next = new LinkedHashMap<>(images);
        takeName(next, name)
                .filter(stored -> stored.image().names().isEmpty())
                .ifPresent(stored -> next.remove(stored.image().id()));
        replace(next);
        collectGarbage();
    }

    /** Removes an image with all of its names, and the layers that no other image has; nothing there is fine. */
    public synchronized void remove(String id) throws IOException {
        Map<String, StoredImage> next = new LinkedHashMap<>(images);
        next.remove(id);
        replace(next);
        collectGarbage();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean isCalled(StoredImage stored, ImageReference reference) {
        Digest digest = reference.digest();
        if (digest == null) {
            return stored.image().names().contains(reference);
        }
        boolean isIt = stored.manifest().equals(digest) || stored.image().id().equals(digest.toString());
        return isIt
                && stored.image().names().stream()
                        .anyMatch(name -> name.registry().equals(reference.registry())
                                && name.repository().equals(reference.repository()));
    }

    private static void refuseHost(ImageReference name) throws ImageException {
        if (name.equals(HostImage.NAME)) {
            throw new ImageException("image '" + name + "' is built in and cannot be changed");
        }
    }

    /** Takes a name from whichever image has it; gives that image as it is then. */
    private static Optional<StoredImage> takeName(Map<String, StoredImage> images, ImageReference name) {
        for (StoredImage stored : images.values()) {
            if (stored.image().names().contains(name)) {
                List<ImageReference> rest = new ArrayList<>(stored.image().names());
                rest.remove(name);
                StoredImage without = stored.withNames(rest);
                images.put(stored.image().id(), without);
                return Optional.of(without);
            }
        }
        return Optional.empty();
    }

    private void replace(Map<String, StoredImage> next) throws IOException {
        List<IndexFile.Entry> entries = new ArrayList<>();
        for (StoredImage stored : next.values()) {
            entries.add(new IndexFile.Entry(
                    stored.manifest(),
                    stored.image().names().stream()
                            .map(ImageReference::canonical)
                            .toList()));
        }
        IndexFile.of(entries).write(index, json);
        images = Map.copyOf(next);
    }

    private void readIndex() throws IOException {
        Map<String, StoredImage> read = new LinkedHashMap<>();
        for (IndexFile.Entry entry : IndexFile.read(index, json).images()) {
            try {
                List<ImageReference> names =
                        entry.names().stream().map(ImageReference::parse).toList();
                StoredImage stored = StoredImage.read(entry.manifest(), names, blobs, layers, json);
                read.put(stored.image().id(), stored);
            } catch (IOException | IllegalArgumentException e) {
                log.warn("image {} is damaged and no longer used: {}", entry.names(), e.getMessage());
            }
        }
        images = Map.copyOf(read);
    }

    /** Removes blobs and layers that belong to no image. */
    private void collectGarbage() throws IOException {
        Set<Digest> usedBlobs = new LinkedHashSet<>();
        Set<Digest> usedLayers = new LinkedHashSet<>();
        for (StoredImage stored : images.values()) {
            usedBlobs.addAll(stored.blobs());
            usedLayers.addAll(stored.chainIds());
        }
        for (Digest blob : blobs.list()) {
            if (!usedBlobs.contains(blob)) {
                blobs.remove(blob);
            }
        }
        for (Digest chainId : layers.list()) {
            if (!usedLayers.contains(chainId)) {
                layers.remove(chainId, temporaries.path());
            }
        }
    }
}
