package dev.jcompose.images.build;

import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Layer;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.build.cache.CachedLayer;
import dev.jcompose.images.layer.LayerDiff;
import dev.jcompose.images.layer.LayerTar;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.store.LayerContent;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.LayerStack;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes layers of the store of directories that something has filled. Thread-safe. */
public final class LayerMaker {
    private static final int DEFAULT_MODE = 0755;

    private final Linux linux;
    private final ImageStore store;
    private final Workspace workspace;
    private final Clock clock;
    private final @Nullable Instant sourceDate;

    /** @param sourceDate latest time in a layer, and when all are said to be made; null for now */
    public LayerMaker(Linux linux, ImageStore store, Workspace workspace, Clock clock, @Nullable Instant sourceDate) {
        this.linux = linux;
        this.store = store;
        this.workspace = workspace;
        this.clock = clock;
        this.sourceDate = sourceDate;
    }

    /** Fills the directory of a layer. */
    @FunctionalInterface
    public interface Filling {
        /**
         * Fills it.
         *
         * @param upper empty, with the attributes of the top below it
         * @param scratch a directory beside it, for anything
         */
        void fill(Path upper, Path scratch) throws IOException;
    }

    /**
     * Makes a layer.
     *
     * @param seen the directories below it as what fills it sees them, bottom first
     * @param below the layers of the store that it is on
     */
    public CachedLayer make(List<Path> seen, List<Layer> below, Filling filling) throws IOException {
        Path directory = workspace.directory();
        try {
            Path upper = upper(directory, seen);
            filling.fill(upper, directory);
            return new CachedLayer(add(upper, seen, below), now());
        } finally {
            new TreeRemoval(linux).remove(directory);
        }
    }

    /** The time that a layer made now is said to be made at, in whole seconds. */
    public Instant now() {
        return sourceDate != null
                ? sourceDate
                : Instant.ofEpochSecond(clock.instant().getEpochSecond());
    }

    private Path upper(Path directory, List<Path> seen) throws IOException {
        Path upper = Files.createDirectory(directory.resolve("upper"));
        int mode = DEFAULT_MODE;
        if (!seen.isEmpty()) {
            try (LayerStack stack = new LayerStack(linux, seen)) {
                Stat top = linux.files().statx(stack.root().top(), "", Fcntl.AT_EMPTY_PATH);
                linux.files().fchownat(null, upper.toString(), top.uid(), top.gid(), 0);
                mode = top.permissions();
            }
        }
        linux.files().fchmodat(null, upper.toString(), mode);
        return upper;
    }

    /** Makes a layer of a directory that is full; the store takes it over. */
    private Layer add(Path upper, List<Path> seen, List<Layer> below) throws IOException {
        return add(upper, seen, below, Set.of(), upper);
    }

    /**
     * Makes a layer of a directory that stays as it is.
     *
     * @param stubs paths that are left out if they are empty files or directories
     */
    Layer copy(Path upper, List<Path> seen, List<Layer> below, Set<String> stubs) throws IOException {
        return add(upper, seen, below, stubs, null);
    }

    private Layer add(Path upper, List<Path> seen, List<Layer> below, Set<String> stubs, @Nullable Path unpacked)
            throws IOException {
        Path blob = workspace.path();
        LayerTar tar;
        try (OutputStream out = Files.newOutputStream(blob)) {
            tar = new LayerDiff(linux, sourceDate == null ? null : Long.valueOf(sourceDate.getEpochSecond()))
                    .write(upper, seen, stubs, out);
        }
        return store.addLayer(
                workspace,
                LayerContent.made(blob, tar.diffId(), unpacked),
                Descriptor.of(MediaType.OCI_LAYER, tar.diffId(), tar.tarBytes()),
                below);
    }
}
