package dev.jcompose.images.build.cache;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Layer;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Index;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.store.BlobStore;
import dev.jcompose.images.store.LayerContent;
import dev.jcompose.images.transfer.ImageTransfer;
import dev.jcompose.images.transfer.TransferListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Reads and writes caches outside of the store, for one build: OCI manifests in a registry or in a directory, whose
 * configuration is a {@link CacheDocument}. Layers are only fetched when a step wants them. Thread-safe.
 */
public final class SharedCache {
    private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

    private final ImageStore store;
    private final ImageTransfer transfer;
    private final RegistryAccess access;
    private final Workspace workspace;

    private final Consumer<String> told;
    private final Map<Digest, Imported> imported = new ConcurrentHashMap<>();

    private record Imported(CacheLocation from, Descriptor blob, Digest diffId, Instant made) {}

    /**
     * Knows nothing yet.
     *
     * @param workspace of the build: nothing that is fetched is collected before its end
     * @param told is given a sentence about each layer that should be there and cannot be had
     */
    public SharedCache(
            ImageStore store,
            ImageTransfer transfer,
            RegistryAccess access,
            Workspace workspace,
            Consumer<String> told) {
        this.told = told;
        this.store = store;
        this.transfer = transfer;
        this.access = access;
        this.workspace = workspace;
    }

    /**
     * Learns what a cache has.
     *
     * @throws IOException if it is not there, or none that this program has written
     */
    public void read(CacheLocation from) throws IOException {
        Manifest manifest = store.content().json().read(manifest(from), Manifest.class, "cache '" + from + "'");
        if (!manifest.config().mediaType().equals(CacheDocument.MEDIA_TYPE)) {
            throw new IOException("'%s' is no build cache of jcompose, but of type '%s'"
                    .formatted(from, manifest.config().mediaType()));
        }
        fetch(from, manifest.config());
        CacheDocument document = store.content()
                .json()
                .read(
                        store.content().blobs().document(manifest.config().digest()),
                        CacheDocument.class,
                        "cache '" + from + "'");
        if (document.version() != CacheDocument.VERSION) {
            throw new IOException("cache '%s' is of version %d, this jcompose knows version %d"
                    .formatted(from, document.version(), CacheDocument.VERSION));
        }
        for (CacheDocument.Entry entry : document.entries()) {
            if (entry.layer() < 0 || entry.layer() >= manifest.layers().size()) {
                throw new IOException("cache '" + from + "' is damaged: it has no layer " + entry.layer());
            }
            imported.putIfAbsent(
                    entry.key(),
                    new Imported(
                            from, manifest.layers().get(entry.layer()), entry.diffId(), Instant.parse(entry.made())));
        }
    }

    private byte[] manifest(CacheLocation from) throws IOException {
        if (from instanceof CacheLocation.InDirectory directory) {
            Path file = directory.directory().resolve("index.json");
            Index index = store.content().json().read(Files.readAllBytes(file), Index.class, "'" + file + "'");
            if (index.manifests().isEmpty()) {
                throw new IOException("'" + file + "' names no manifest");
            }
            return Files.readAllBytes(
                    blob(directory.directory(), index.manifests().get(0).digest()));
        }
        ImageReference reference = ((CacheLocation.InRegistry) from).reference();
        return store.content().blobs().document(transfer.pullArtifact(reference, access));
    }

    private static Path blob(Path layout, Digest digest) {
        return layout.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    }

    /** Makes sure that the store has a blob, and that it is what its digest says. */
    private void fetch(CacheLocation from, Descriptor blob) throws IOException {
        BlobStore blobs = store.content().blobs();
        if (blobs.has(blob.digest())) {
            return;
        }
        if (from instanceof CacheLocation.InRegistry registry) {
            transfer.pullBlob(registry.reference(), blob, access);
            return;
        }
        Path copy = workspace.path();
        Files.copy(blob(((CacheLocation.InDirectory) from).directory(), blob.digest()), copy);
        Digest is;
        try (InputStream content = Files.newInputStream(copy)) {
            is = Digest.ofStream(content);
        }
        if (!is.equals(blob.digest())) {
            Files.delete(copy);
            throw new IOException(
                    "cache '%s' is damaged: %s is not what its digest says".formatted(from, blob.digest()));
        }
        blobs.adopt(copy, blob.digest());
    }

    /**
     * The layer of a key, fetched if a cache has it.
     *
     * @param below the layers that it is on, bottom first
     */
    Optional<CachedLayer> find(Digest key, List<Layer> below) throws InterruptedIOException {
        Imported entry = imported.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(layer(entry, below));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            told.accept("a layer of the cache '%s' cannot be used: %s".formatted(entry.from(), e.getMessage()));
            imported.remove(key);
            return Optional.empty();
        }
    }

    private CachedLayer layer(Imported entry, List<Layer> below) throws IOException {
        fetch(entry.from(), entry.blob());
        Digest digest = entry.blob().digest();
        LayerContent content = LayerContent.packed(store.content().blobs().path(digest), digest, entry.diffId());
        return new CachedLayer(store.addLayer(workspace, content, entry.blob(), below), entry.made());
    }

    /** Writes a cache of these layers; what was there before is replaced. */
    public void write(CacheLocation to, Map<Digest, CachedLayer> layers) throws IOException {
        List<Descriptor> blobs = new ArrayList<>();
        List<CacheDocument.Entry> entries = new ArrayList<>();
        new TreeMap<>(Map.copyOf(byText(layers))).forEach((key, cached) -> {
            Descriptor blob = cached.layer().blob();
            if (!blobs.contains(blob)) {
                blobs.add(blob);
            }
            entries.add(new CacheDocument.Entry(
                    Digest.parse(key),
                    blobs.indexOf(blob),
                    cached.layer().stored().diffId(),
                    cached.made().toString()));
        });
        byte[] document = store.content().json().write(new CacheDocument(CacheDocument.VERSION, entries));
        Digest config = store.content().blobs().put(document, workspace.path());
        Manifest manifest = Manifest.of(Descriptor.of(CacheDocument.MEDIA_TYPE, config, document.length), blobs);
        byte[] bytes = store.content().json().write(manifest);
        Digest digest = store.content().blobs().put(bytes, workspace.path());
        if (to instanceof CacheLocation.InRegistry registry) {
            transfer.pushArtifact(digest, registry.reference(), access, TransferListener.NONE);
        } else {
            write(
                    ((CacheLocation.InDirectory) to).directory(),
                    manifest,
                    Descriptor.of(MediaType.OCI_MANIFEST, digest, bytes.length));
        }
    }

    private static Map<String, CachedLayer> byText(Map<Digest, CachedLayer> layers) {
        Map<String, CachedLayer> byText = new HashMap<>();
        layers.forEach((key, layer) -> byText.put(key.toString(), layer));
        return byText;
    }

    private void write(Path layout, Manifest manifest, Descriptor top) throws IOException {
        List<Descriptor> all = new ArrayList<>(manifest.layers());
        all.add(manifest.config());
        all.add(top);
        for (Descriptor blob : all) {
            Path target = blob(layout, blob.digest());
            if (!Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Path half = target.resolveSibling(blob.digest().hex() + ".new");
                Files.copy(store.content().blobs().path(blob.digest()), half, StandardCopyOption.REPLACE_EXISTING);
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Files.writeString(layout.resolve("oci-layout"), LAYOUT, StandardCharsets.UTF_8);
        Path index = layout.resolve("index.json");
        Path half = layout.resolve("index.json.new");
        Files.write(half, store.content().json().write(new Index(2, MediaType.OCI_INDEX, List.of(top))));
        Files.move(half, index, StandardCopyOption.ATOMIC_MOVE);
    }
}
