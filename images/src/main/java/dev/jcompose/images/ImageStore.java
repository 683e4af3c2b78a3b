package dev.jcompose.images;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.store.Failpoint;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    private static final int MIN_ID_PREFIX = 4;

    private final OciJson json = new OciJson();
    private final StoreLock lock;
    private final Clock clock;
    private final ContentStore content;
    private final ImageIndex index;
    private final Temporaries temporaries;
    private final HostImage host;

    /** Guarded by this. */
    private int openWorkspaces;

    private ImageStore(
            Linux linux, Path root, List<Path> hiddenFromHostImage, StoreLock lock, Clock clock, Failpoint failpoint)
            throws IOException {
        this.lock = lock;
        this.clock = clock;
        content = new ContentStore(linux, root, json, failpoint);
        index = new ImageIndex(root.resolve("index.json"), content, clock);
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
        return open(linux, root, hiddenFromHostImage, Clock.systemUTC(), Failpoint.NONE);
    }

    /** The same with a clock that says when images were tagged, and a place to be killed at. */
    public static ImageStore open(
            Linux linux, Path root, List<Path> hiddenFromHostImage, Clock clock, Failpoint failpoint)
            throws IOException {
        Path absolute = root.toAbsolutePath();
        Files.createDirectories(absolute);
        Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
        StoreLock lock = StoreLock.take(absolute.resolve("lock"));
        try {
            ImageStore store = new ImageStore(linux, absolute, hiddenFromHostImage, lock, clock, failpoint);
            store.temporaries.clear();
            store.index.read();
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
        Optional<StoredImage> stored = index.find(reference);
        return stored.isPresent() ? Optional.of(shown(stored.get())) : Optional.empty();
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
        Optional<StoredImage> exact = index.find(id);
        if (exact.isPresent()) {
            return Optional.of(shown(exact.get()));
        }
        if (id.equals(host.id())) {
            return Optional.of(host.image());
        }
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

    /** What is in the image of exactly this id, which costs nothing but looking it up. */
    public Optional<ImageConfig> config(String id) {
        return id.equals(host.id())
                ? Optional.of(host.config())
                : index.find(id).map(stored -> stored.image().config());
    }

    /** All images, newest first; {@code localhost/host} is last. */
    public List<Image> list() throws IOException {
        List<Image> all = new ArrayList<>();
        for (StoredImage stored : index.all()) {
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
        return content.pins();
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
        return index.get(image).manifest();
    }

    /** The configuration document of an image; errors as of {@link #manifest}. */
    public ImageJson document(Image image) throws IOException {
        Digest id = manifest(image).config().digest();
        return json.read(content.blobs().document(id), ImageJson.class, "image configuration " + id);
    }

    /** The layers of an image, bottom first; errors as of {@link #manifest}. */
    public List<Layer> layers(Image image) throws IOException {
        Manifest manifest = manifest(image);
        List<Layer> layers = new ArrayList<>();
        for (Digest chainId : index.get(image).chainIds()) {
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
        content.sync();
        content.failpoint().reached("everything is on the disk");
        StoredImage entered = index.enter(manifest, names, repoDigests, onHost);
        content.unfinished().end(manifest);
        return shown(entered);
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
    public void tag(String id, ImageReference name) throws IOException {
        index.tag(id, name);
    }

    /**
     * Notes what a registry calls an image.
     *
     * @param reference with a digest and no tag
     */
    public void addRepoDigest(String id, ImageReference reference) throws IOException {
        index.addRepoDigest(id, reference);
    }

    /**
     * Takes a name away; an image that has no other name is removed. A name that is not there is fine.
     *
     * @throws ImageException for the built-in image
     */
    public void untag(ImageReference name) throws IOException {
        index.untag(name);
        collectGarbage();
    }

    /** Takes a name from an image, which stays even if that was its last one. */
    public void detach(String id, ImageReference name) throws IOException {
        index.detach(id, name);
    }

    /** The size of the layers that only pins keep. */
    public long pinnedOnlyBytes() throws IOException {
        Set<Digest> pinned = new LinkedHashSet<>();
        for (Pins.Pin pin : content.pins().all()) {
            pinned.addAll(pin.layers());
        }
        index.all().forEach(stored -> stored.chainIds().forEach(pinned::remove));
        return content.layerBytes(pinned);
    }

    /** The size of the layers that a pin keeps, whether something else does too or not. */
    public long pinBytes(String name) throws IOException {
        return content.layerBytes(content.pins().get(name).layers());
    }

    /** Removes an image with all of its names, and the layers that no other image has; nothing there is fine. */
    public void remove(String id) throws IOException {
        index.remove(id);
        collectGarbage();
    }

    /** Lets go of what pulls have left that broke off, unless one goes on. */
    public synchronized void forgetUnfinishedPulls() throws IOException {
        if (openWorkspaces == 0) {
            content.unfinished().clear();
            collectGarbage();
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Removes blobs and layers that belong to no image and no pin; if something is being made, when that has ended. */
    public synchronized void collectGarbage() throws IOException {
        if (openWorkspaces > 0) {
            return;
        }
        Set<Digest> usedBlobs = new LinkedHashSet<>();
        Set<Digest> usedLayers = new LinkedHashSet<>();
        for (StoredImage stored : index.all()) {
            usedBlobs.addAll(stored.blobs());
            usedLayers.addAll(stored.chainIds());
        }
        content.collect(usedBlobs, usedLayers, temporaries, clock.instant());
    }
}
