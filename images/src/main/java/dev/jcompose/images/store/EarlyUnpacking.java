package dev.jcompose.images.store;

import dev.jcompose.images.layer.LayerException;
import dev.jcompose.images.layer.LayersBelow;
import dev.jcompose.images.layer.UnpackedLayer;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.task.TaskThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks what may be layers while the rest of their archive is still being read: what they are for, and what lies
 * under them, is said by a document that comes last. An attempt that fails, for whatever reason, is forgotten; the
 * layer is then unpacked in its place, with all that is known of it, and what is wrong with it is said there.
 * Thread-safe.
 */
public final class EarlyUnpacking implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EarlyUnpacking.class);

    /** A layer that needs those under it, before it is known which they are. */
    private static final LayersBelow UNKNOWN = () -> {
        throw new LayerException("the layers below are not known yet");
    };

    /** Many archives name files by their digest, with or without {@code .tar}. */
    private static final Pattern NAME_WITH_DIGEST = Pattern.compile("(?:.*/)?([0-9a-f]{64})(?:\\.tar)?");

    private final ContentStore content;
    private final Supplier<Path> places;
    private final TaskThreads threads =
            new TaskThreads("layer-unpack-early", Runtime.getRuntime().availableProcessors());
    private final Map<Path, Future<Optional<Unpacked>>> begun = new ConcurrentHashMap<>();

    private record Unpacked(UnpackedLayer layer, Path directory) {}

    /** @param places paths on the store's file system where nothing is; whoever gives them removes what is there */
    public EarlyUnpacking(ContentStore content, Supplier<Path> places) {
        this.content = content;
        this.places = places;
    }

    /**
     * Begins to unpack a file, unless the store has it.
     *
     * @param name in the archive
     */
    public void begin(String name, Path file) {
        Matcher named = NAME_WITH_DIGEST.matcher(name);
        if (!named.matches() || !content.blobs().has(new Digest("sha256", named.group(1)))) {
            Path directory = places.get();
            begun.put(file, threads.submit(() -> unpack(file, directory)));
        }
    }

    private Optional<Unpacked> unpack(Path file, Path directory) throws IOException {
        try {
            return Optional.of(new Unpacked(content.layers().unpack(file, null, directory, UNKNOWN), directory));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            log.debug("not unpacked early: {}", file, e);
            return Optional.empty();
        }
    }

    /**
     * What a layer is to be made from: what has been unpacked of it, if that is what the digests say, or the file.
     *
     * @param digest that somebody has given the file
     */
    public LayerContent content(Path file, Digest digest, Digest diffId) throws IOException {
        // The store takes the directory over, so a file that is a layer twice has it once.
        Future<Optional<Unpacked>> early = begun.remove(file);
        Optional<Unpacked> unpacked = early == null ? Optional.empty() : TaskThreads.result(early);
        return unpacked.filter(found -> found.layer().blob().equals(digest)
                        && found.layer().diffId().equals(diffId))
                .map(found -> LayerContent.unpacked(file, digest, diffId, found.directory()))
                .orElseGet(() -> LayerContent.claimed(file, digest, diffId));
    }

    /** Ends what is still being unpacked; nothing is written any more when this returns. */
    @Override
    public void close() {
        threads.close();
    }
}
