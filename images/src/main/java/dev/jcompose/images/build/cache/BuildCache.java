package dev.jcompose.images.build.cache;

import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Layer;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.store.ChainId;
import dev.jcompose.images.store.KeyedLocks;
import dev.jcompose.images.store.Pins;
import dev.jcompose.images.store.StoreFile;
import dev.jcompose.images.store.StoredLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layers of earlier builds: {@code build/HEX.json} in the store's directory for each, and a pin that keeps its
 * content. Entries are written when their layers are on the disk, so that a crash leaves at worst entries that are not
 * used. Two builds that need the same layer at once make it once. Thread-safe.
 */
public final class BuildCache {
    private static final Logger log = LoggerFactory.getLogger(BuildCache.class);
    /** How the names of the cache's pins begin; the key's digits follow. */
    public static final String PIN = "build-";

    private static final String SUFFIX = ".json";

    private final ImageStore store;
    private final Path root;
    private final Clock clock;
    private final Map<Digest, CachedLayer> unsaved = new ConcurrentHashMap<>();
    private final KeyedLocks<Digest> making = new KeyedLocks<>();

    public BuildCache(ImageStore store, Clock clock) throws IOException {
        this.store = store;
        this.clock = clock;
        root = Files.createDirectories(store.content().root().resolve("build"));
    }

    /** What the file of an entry says. */
    record Entry(int version, Digest diffId, Descriptor blob, String made) {
        static final int VERSION = 1;
    }

    /** Makes a layer. */
    @FunctionalInterface
    public interface Making {
        CachedLayer make() throws IOException;
    }

    /**
     * The layer of a key, made unless it is there.
     *
     * @param below the layers that it is on, bottom first
     * @param use whether one that is there may be taken
     */
    public CachedLayer get(Digest key, List<Layer> below, boolean use, Making making) throws IOException {
        return this.making.with(key, () -> {
            if (use) {
                Optional<CachedLayer> there = find(key, below);
                if (there.isPresent()) {
                    return there.get();
                }
            }
            CachedLayer made = making.make();
            unsaved.put(key, made);
            return made;
        });
    }

    /** The layer of a key, if it is there and whole. */
    public Optional<CachedLayer> find(Digest key, List<Layer> below) throws IOException {
        CachedLayer fresh = unsaved.get(key);
        if (fresh != null) {
            return stored(fresh.layer().stored().chainId(), fresh.layer().blob(), fresh.made());
        }
        Path file = file(key);
        try {
            Entry entry = store.content().json().read(Files.readAllBytes(file), Entry.class, "'" + file + "'");
            if (entry.version() != Entry.VERSION) {
                return Optional.empty();
            }
            Optional<CachedLayer> there =
                    stored(ChainId.on(top(below), entry.diffId()), entry.blob(), Instant.parse(entry.made()));
            if (there.isPresent()) {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            }
            return there;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            log.warn("build cache entry {} is not used: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** A layer, unless its content is gone: nothing keeps that of an entry that could not be saved. */
    private Optional<CachedLayer> stored(Digest chainId, Descriptor blob, Instant made) throws IOException {
        Optional<StoredLayer> stored = store.content().layers().find(chainId);
        return store.content().blobs().has(blob.digest())
                ? stored.map(layer -> new CachedLayer(new Layer(layer, blob), made))
                : Optional.empty();
    }

    private static @Nullable Digest top(List<Layer> below) {
        return below.isEmpty() ? null : below.get(below.size() - 1).stored().chainId();
    }

    /**
     * Makes what was made since the last time outlive this process. Whoever has made it holds a workspace of the store
     * until then.
     */
    public synchronized void save() throws IOException {
        Map<Digest, CachedLayer> saving = Map.copyOf(unsaved);
        if (saving.isEmpty()) {
            return;
        }
        // On the disk before the entries that promise it.
        store.content().sync();
        for (Map.Entry<Digest, CachedLayer> entry : saving.entrySet()) {
            save(entry.getKey(), entry.getValue());
            unsaved.remove(entry.getKey(), entry.getValue());
        }
    }

    /** The entry first: one without a pin is only not used, a pin without an entry would keep its layer for ever. */
    private void save(Digest key, CachedLayer made) throws IOException {
        Layer layer = made.layer();
        Entry entry = new Entry(
                Entry.VERSION,
                layer.stored().diffId(),
                layer.blob(),
                made.made().toString());
        StoreFile.replace(file(key), store.content().json().write(entry));
        store.pins()
                .put(
                        PIN + key.hex(),
                        Pins.Pin.of(
                                Set.of(layer.blob().digest()),
                                Set.of(layer.stored().chainId())));
    }

    /** Lets go of what was used longest ago, until the rest is no larger than {@code maxBytes}. */
    public synchronized void limit(long maxBytes) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(root)) {
            all.filter(file -> file.toString().endsWith(SUFFIX)).forEach(files::add);
        }
        files.sort(Comparator.comparing(BuildCache::lastUsed).reversed());
        long sum = 0;
        boolean removed = false;
        for (Path file : files) {
            String hex = file.getFileName().toString().replace(SUFFIX, "");
            sum += size(file);
            if (sum > maxBytes) {
                store.pins().remove(PIN + hex);
                Files.deleteIfExists(file);
                removed = true;
            }
        }
        if (removed) {
            store.collectGarbage();
        }
    }

    private static FileTime lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** The blob and the unpacked layer. */
    private long size(Path file) {
        try {
            Entry entry = store.content().json().read(Files.readAllBytes(file), Entry.class, "'" + file + "'");
            return 2 * entry.blob().size();
        } catch (IOException e) {
            return 0;
        }
    }

    private Path file(Digest key) {
        return root.resolve(key.hex() + SUFFIX);
    }
}
