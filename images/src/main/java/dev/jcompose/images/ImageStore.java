package dev.jcompose.images;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.store.IndexFile;
import dev.jcompose.images.store.LayerContent;
import dev.jcompose.images.store.Pins;
import dev.jcompose.images.store.StoreLock;
import dev.jcompose.images.store.StoredLayer;
import dev.jcompose.images.store.Temporaries;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of this machine, unpacked and ready for overlayfs. {@code localhost/host} is always among them.
 *
 * <p>On disk: {@code blobs/}, {@code layers/}, {@code pins/}, {@code host/} (see {@link HostImage}),
 * {@code index.json}, {@code tmp/} for what is being made, {@code lock}. An image is there once {@code index.json} says
 * so; what neither that nor a pin leads to is removed when the store is opened. So a crash at any moment costs no more
 * than what was being made.
 *
 * <p>Thread-safe; one process at a time has it open, though others may add content. Whether a container uses an image
 * is for the caller to know. Needs root.
 */
public final class ImageStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImageStore.class);
    private static final int MIN_ID_PREFIX = 4;

    private final Path index;
    private final OciJson json = new OciJson();
    private final StoreLock lock;
    private final Clock clock;
    private final ContentStore content;
    private final Pins pins;
    private final Temporaries temporaries;
    private final HostImage host;

    /** By image id; replaced as a whole. */
    private volatile Map<String, StoredImage> images = Map.of();

    /** Guarded by this. */
    private int openWorkspaces;

    private ImageStore(Linux linux, Path root, List<Path> hiddenFromHostImage, StoreLock lock, Clock clock)
            throws IOException {
        this.lock = lock;
        this.clock = clock;
        index = root.resolve("index.json");
        content = new ContentStore(linux, root, json);
        pins = new Pins(root.resolve("pins"), json);
        temporaries = content.temporaries(root.resolve("tmp"));
        host = new HostImage(linux, root.resolve("host"), temporaries, hiddenFromHostImage);
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
        return open(linux, root, hiddenFromHostImage, Clock.systemUTC());
    }

    /** The same with a clock that says when images were tagged. */
    public static ImageStore open(Linux linux, Path root, List<Path> hiddenFromHostImage, Clock clock)
            throws IOException {
        Path absolute = root.toAbsolutePath();
        Files.createDirectories(absolute);
        Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
        StoreLock lock = StoreLock.take(absolute.resolve("lock"));
        try {
            ImageStore store = new ImageStore(linux, absolute, hiddenFromHostImage, lock, clock);
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
        for (StoredImage stored : images.values()) {
            if (stored.isCalled(reference)) {
                return Optional.of(shown(stored));
            }
        }
        return Optional.empty();
    }

    /** An image that is on the host's root file system has that below its own layers, as it is now. */
    private Image shown(StoredImage stored) throws IOException {
        return stored.onHost() ? stored.image().on(host.image().layers()) : stored.image();
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
        for (StoredImage stored : images.values()) {
            all.add(shown(stored));
        }
        all.sort(Comparator.comparing(Image::created).reversed());
        all.add(host.image());
        return all;
    }

    /** The built-in image, for what only it can say. */
    public HostImage host() {
        return host;
    }

    /** Blobs and layers. Whoever adds to them holds a {@link #workspace} meanwhile. */
    public ContentStore content() {
        return content;
    }

    /** What is kept besides images. Whoever changes them calls {@link #collectGarbage} when something may go. */
    public Pins pins() {
        return pins;
    }

    /**
     * The manifest of an image, as a registry has it.
     *
     * @throws ImageException if there is no such image, or it is {@code localhost/host}, which has none
     */
    public Manifest manifest(Image image) throws IOException {
        Digest digest = manifestDigest(image);
        return json.read(content.blobs().document(digest), Manifest.class, "manifest " + digest);
    }

    /** The digest of the manifest of an image; errors as of {@link #manifest}. */
    public Digest manifestDigest(Image image) throws ImageException {
        StoredImage stored = images.get(image.id());
        if (stored == null) {
            throw new ImageException(
                    image.names().contains(HostImage.NAME)
                            ? "image '" + HostImage.NAME + "' is built in and has no manifest"
                            : "no such image: " + image.id());
        }
        return stored.manifest();
    }

    /** The configuration document of an image; errors as of {@link #manifest}. */
    public ImageJson document(Image image) throws IOException {
        Digest id = manifest(image).config().digest();
        return json.read(content.blobs().document(id), ImageJson.class, "image configuration " + id);
    }

    /** The layers of an image, bottom first; errors as of {@link #manifest}. */
    public List<Layer> layers(Image image) throws IOException {
        Manifest manifest = manifest(image);
        StoredImage stored = images.get(image.id());
        if (stored == null) {
            throw new ImageException("no such image: " + image.id());
        }
        List<Layer> layers = new ArrayList<>();
        for (Digest chainId : stored.chainIds()) {
            StoredLayer layer = content.layers()
                    .find(chainId)
                    .orElseThrow(() -> new ImageException("layer " + chainId + " is not in the image store"));
            layers.add(new Layer(layer, manifest.layers().get(layers.size())));
        }
        return layers;
    }

    /** A place for what is being made. Until it is closed, nothing that is in the store is collected. */
    public synchronized Workspace workspace() throws IOException {
        Path root = temporaries.directory();
        openWorkspaces++;
        return new Workspace(root, content.temporaries(root), this::end);
    }

    private void end(Path workspace) throws IOException {
        try {
            temporaries.remove(workspace);
        } finally {
            synchronized (this) {
                openWorkspaces--;
                collectGarbage();
            }
        }
    }

    /**
     * Adds a layer on top of others, unless it is there. The blob moves into the store.
     *
     * @param blob describes the blob of {@code layer}
     * @param below bottom first
     */
    public Layer addLayer(Workspace workspace, LayerContent layer, Descriptor blob, List<Layer> below)
            throws IOException {
        StoredLayer stored =
                content.layers().add(layer, below.stream().map(Layer::stored).toList(), workspace.path());
        if (!content.blobs().has(blob.digest())) {
            content.blobs().adopt(layer.blob(), blob.digest());
        }
        return new Layer(stored, blob);
    }

    /**
     * Makes an image of a configuration and of layers that the store has. A name that another image had goes to it.
     *
     * @param config its {@code rootfs} must name these layers
     * @param names may be none
     */
    public Image create(Workspace workspace, ImageJson config, List<Layer> layers, List<ImageReference> names)
            throws IOException {
        return create(workspace, config, layers, names, false);
    }

    /**
     * The same.
     *
     * @param onHost whether its layers are on {@code localhost/host}: such an image cannot leave this machine
     */
    public Image create(
            Workspace workspace, ImageJson config, List<Layer> layers, List<ImageReference> names, boolean onHost)
            throws IOException {
        List<Digest> diffIds =
                layers.stream().map(layer -> layer.stored().diffId()).toList();
        if (!config.rootfs().diffIds().equals(diffIds)) {
            throw new IllegalArgumentException(
                    "configuration names the layers " + config.rootfs().diffIds() + ", but these are " + diffIds);
        }
        byte[] document = json.write(config);
        Digest id = content.blobs().put(document, workspace.path());
        Manifest manifest = Manifest.of(
                Descriptor.of(MediaType.OCI_CONFIG, id, document.length),
                layers.stream().map(Layer::blob).toList());
        return enter(content.blobs().put(json.write(manifest), workspace.path()), names, List.of(), onHost);
    }

    /**
     * Enters an image into the index whose content the store has. A name that another image had goes to it.
     *
     * @param repoDigests what registries call it
     */
    public Image enter(Digest manifest, List<ImageReference> names, List<ImageReference> repoDigests)
            throws IOException {
        return enter(manifest, names, repoDigests, false);
    }

    private Image enter(Digest manifest, List<ImageReference> names, List<ImageReference> repoDigests, boolean onHost)
            throws IOException {
        for (ImageReference name : names) {
            refuseHost(name);
        }
        content.sync();
        synchronized (this) {
            Map<String, StoredImage> next = new LinkedHashMap<>(images);
            names.forEach(name -> passOn(next, name));
            StoredImage entered =
                    StoredImage.read(manifest, new ImageNames(names, repoDigests, now()), onHost, content);
            StoredImage there = next.get(entered.image().id());
            if (there != null) {
                // Of two manifests of one configuration, the one that a registry knows serves better.
                StoredImage kept = repoDigests.isEmpty() ? there : entered;
                ImageNames both = ImageNames.of(there.image()).and(ImageNames.of(entered.image()));
                entered = kept.withNames(both);
            }
            next.put(entered.image().id(), entered);
            replace(next);
            return shown(entered);
        }
    }

    /**
     * Loads all images of an archive: of {@code docker save} or an OCI layout, compressed or not. A name that another
     * image had goes to the loaded one.
     *
     * @param archive read to its end as a stream; not closed
     * @return the images in the order of the archive
     * @throws IOException saying what is wrong with the archive; nothing is loaded then
     */
    public List<Image> load(InputStream archive) throws IOException {
        try (Workspace workspace = workspace()) {
            return enter(new ImageLoader(content).load(archive, workspace));
        }
    }

    /** Enters what {@link ImageLoader} has loaded. */
    public List<Image> enter(List<ImageLoader.LoadedImage> loaded) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        for (ImageLoader.LoadedImage image : loaded) {
            ids.add(enter(image.manifest(), image.names(), List.of()).id());
        }
        List<Image> entered = new ArrayList<>();
        for (String id : ids) {
            findById(id).ifPresent(entered::add);
        }
        return entered;
    }

    /**
     * Gives an image one more name; another image that has it loses it.
     *
     * @throws ImageException if there is no such image, or the name is the built-in image's
     */
    public synchronized void tag(String id, ImageReference name) throws IOException {
        refuseHost(name);
        Map<String, StoredImage> next = new LinkedHashMap<>(images);
        passOn(next, name);
        change(next, id, names -> names.and(new ImageNames(List.of(name), List.of(), now())));
    }

    /**
     * Notes what a registry calls an image.
     *
     * @param reference with a digest and no tag
     */
    public synchronized void addRepoDigest(String id, ImageReference reference) throws IOException {
        change(
                new LinkedHashMap<>(images),
                id,
                names -> names.and(new ImageNames(List.of(), List.of(reference), Instant.EPOCH)));
    }

    private void change(Map<String, StoredImage> next, String id, UnaryOperator<ImageNames> change) throws IOException {
        StoredImage stored = next.get(id);
        if (stored == null) {
            throw new ImageException("no such image: " + id);
        }
        next.put(id, stored.withNames(change.apply(ImageNames.of(stored.image()))));
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
        for (StoredImage stored : images.values()) {
            Image image = stored.image();
            if (image.names().contains(name) || image.repoDigests().contains(name)) {
                ImageNames rest = ImageNames.of(image).without(name);
                if (rest.isEmpty()) {
                    next.remove(image.id());
                } else {
                    next.put(image.id(), stored.withNames(rest));
                }
            }
        }
        replace(next);
        collectGarbage();
    }

    /** Takes a name from an image, which stays even if that was its last one. */
    public synchronized void detach(String id, ImageReference name) throws IOException {
        refuseHost(name);
        change(new LinkedHashMap<>(images), id, names -> names.without(name));
    }

    /** The size of the layers that only pins keep. */
    public long pinnedOnlyBytes() throws IOException {
        Set<Digest> pinned = new LinkedHashSet<>();
        for (Pins.Pin pin : pins.all()) {
            pinned.addAll(pin.layers());
        }
        images.values().forEach(stored -> stored.chainIds().forEach(pinned::remove));
        return content.layerBytes(pinned);
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

    private Instant now() {
        return clock.instant();
    }

    private static void refuseHost(ImageReference name) throws ImageException {
        if (name.equals(HostImage.NAME)) {
            throw new ImageException("image '" + name + "' is built in and cannot be changed");
        }
    }

    /** Takes a name from whichever image has it. */
    private static void passOn(Map<String, StoredImage> images, ImageReference name) {
        images.replaceAll((id, stored) -> stored.image().names().contains(name)
                ? stored.withNames(ImageNames.of(stored.image()).passingOn(name))
                : stored);
    }

    private void replace(Map<String, StoredImage> next) throws IOException {
        IndexFile.of(next.values().stream().map(StoredImage::entry).toList()).write(index, json);
        images = Map.copyOf(next);
    }

    private void readIndex() throws IOException {
        Map<String, StoredImage> read = new LinkedHashMap<>();
        for (IndexFile.Entry entry : IndexFile.read(index, json).images()) {
            try {
                StoredImage stored = StoredImage.read(entry, content);
                read.put(stored.image().id(), stored);
            } catch (IOException | IllegalArgumentException e) {
                log.warn("image {} is damaged and no longer used: {}", entry.names(), e.getMessage());
            }
        }
        images = Map.copyOf(read);
    }

    /** Removes blobs and layers that belong to no image and no pin; if something is being made, when that has ended. */
    public synchronized void collectGarbage() throws IOException {
        if (openWorkspaces > 0) {
            return;
        }
        Set<Digest> usedBlobs = new LinkedHashSet<>();
        Set<Digest> usedLayers = new LinkedHashSet<>();
        for (StoredImage stored : images.values()) {
            usedBlobs.addAll(stored.blobs());
            usedLayers.addAll(stored.chainIds());
        }
        for (Pins.Pin pin : pins.all()) {
            usedBlobs.addAll(pin.blobs());
            usedLayers.addAll(pin.layers());
        }
        content.collect(usedBlobs, usedLayers, temporaries);
    }
}
