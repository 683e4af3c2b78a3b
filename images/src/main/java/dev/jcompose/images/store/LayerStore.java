package dev.jcompose.images.store;

import dev.jcompose.images.layer.LayerException;
import dev.jcompose.images.layer.LayerUnpacker;
import dev.jcompose.images.layer.LayersBelow;
import dev.jcompose.images.layer.UnpackLimits;
import dev.jcompose.images.layer.UnpackedLayer;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacked layers, one copy per chain id: {@code layers/HEX/diff}, with {@code layer.json} beside it. A layer appears
 * under its name when it is whole; that it is on the disk is for whoever names it in an index to make sure.
 *
 * <p>Thread-safe, also against other processes that add layers to the same directory.
 */
public final class LayerStore {
    private static final String DIFF = "diff";
    private static final String FILE = "layer.json";
    private static final String DIFF_ALGORITHM = "sha256";

    private final Linux linux;
    private final Path root;
    private final OciJson json;
    private final Failpoint failpoint;
    private final KeyedLocks<Digest> adding = new KeyedLocks<>();

    /** @param root made if it is not there */
    LayerStore(Linux linux, Path root, OciJson json, Failpoint failpoint) throws IOException {
        this.linux = linux;
        this.root = root;
        this.json = json;
        this.failpoint = failpoint;
        Files.createDirectories(root);
    }

    /** The layer that is the top of this stack. */
    public Optional<StoredLayer> find(Digest chainId) throws IOException {
        Path directory = root.resolve(chainId.hex());
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Path file = directory.resolve(FILE);
        LayerFile layer = json.read(Files.readAllBytes(file), LayerFile.class, "'" + file + "'");
        return Optional.of(new StoredLayer(layer.diffId(), chainId, directory.resolve(DIFF), layer.sizeBytes()));
    }

    /**
     * Adds a layer on top of others, unless it is there.
     *
     * @param below bottom first
     * @param staging a path on the store's file system where nothing is; nothing is there afterwards
     * @throws LayerException if the content is not what its digests say, or not a good layer
     */
    public StoredLayer add(LayerContent content, List<StoredLayer> below, Path staging) throws IOException {
        Digest chainId =
                ChainId.on(below.isEmpty() ? null : below.get(below.size() - 1).chainId(), content.diffId());
        List<Path> directories = below.stream().map(StoredLayer::directory).toList();
        return add(content, chainId, () -> directories, staging);
    }

    /** The same of a layer under which others may still be unpacked; {@code chainId} says which. */
    StoredLayer add(LayerContent content, Digest chainId, LayersBelow below, Path staging) throws IOException {
        return adding.with(chainId, () -> {
            Optional<StoredLayer> there = find(chainId);
            if (there.isPresent()) {
                verify(content);
                return there.get();
            }
            try {
                stage(content, below, staging);
                return publish(staging, chainId);
            } finally {
                new TreeRemoval(linux).remove(staging);
            }
        });
    }

    private void stage(LayerContent content, LayersBelow below, Path staging) throws IOException {
        Path diff = staging.resolve(DIFF);
        Files.createDirectories(staging);
        long size;
        Path unpacked = content.unpacked();
        if (unpacked != null) {
            Files.move(unpacked, diff, StandardCopyOption.ATOMIC_MOVE);
            size = size(diff);
        } else {
            size = unpack(content, diff, below);
        }
        Files.write(staging.resolve(FILE), json.write(new LayerFile(LayerFile.VERSION, content.diffId(), size)));
    }

    private long unpack(LayerContent content, Path diff, LayersBelow below) throws IOException {
        boolean inPassing =
                !content.isVerified() && content.blobDigest().algorithm().equals(DIFF_ALGORITHM);
        if (!inPassing) {
            verify(content);
        }
        UnpackedLayer unpacked = unpack(content.blob(), inPassing ? null : content.blobDigest(), diff, below);
        requireDigest(content, unpacked.blob());
        if (!unpacked.diffId().equals(content.diffId())) {
            throw new LayerException(
                    "layer is damaged: its uncompressed digest is %s, the image's configuration says %s"
                            .formatted(unpacked.diffId(), content.diffId()));
        }
        return unpacked.sizeBytes();
    }

    /**
     * Unpacks a blob in the form that the store has. Nothing of the store changes.
     *
     * @param known the blob's digest if it has been verified; null to have it computed
     * @param diff on the store's file system, where nothing is, and if this fails nothing is left
     */
    UnpackedLayer unpack(Path blob, @Nullable Digest known, Path diff, LayersBelow below) throws IOException {
        Files.createDirectory(diff);
        // The top of an image's root; a layer that has an entry for it sets another mode.
        linux.files().fchmodat(null, diff.toString(), 0755);
        failpoint.reached("a layer is to be unpacked");
        boolean isWhole = false;
        try (InputStream in = Files.newInputStream(blob);
                Fd written = linux.files().openat(null, blob.toString(), Fcntl.O_RDONLY, 0)) {
            UnpackedLayer unpacked = new LayerUnpacker(linux, UnpackLimits.DEFAULT).unpack(in, known, diff, below);
            linux.trees().beginWriteback(written, 0);
            isWhole = true;
            return unpacked;
        } finally {
            if (!isWhole) {
                new TreeRemoval(linux).remove(diff);
            }
        }
    }

    private static void verify(LayerContent content) throws IOException {
        if (!content.isVerified()) {
            try (InputStream in = Files.newInputStream(content.blob())) {
                requireDigest(content, content.blobDigest().computedOf(in));
            }
        }
    }

    private static void requireDigest(LayerContent content, Digest computed) throws LayerException {
        if (!computed.equals(content.blobDigest())) {
            throw new LayerException(
                    "layer is damaged: its digest is %s, not %s".formatted(computed, content.blobDigest()));
        }
    }

    private StoredLayer publish(Path staging, Digest chainId) throws IOException {
        failpoint.reached("a layer is unpacked");
        try {
            Files.move(staging, root.resolve(chainId.hex()), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was faster: what is there is the same.
            Optional<StoredLayer> there = find(chainId);
            if (there.isPresent()) {
                return there.get();
            }
            throw e;
        }
        failpoint.reached("a layer is in the store");
        return find(chainId).orElseThrow(() -> new IOException("layer " + chainId + " went away while it was added"));
    }

    /** Sum of the sizes of the files in a tree. */
    private static long size(Path tree) throws IOException {
        try (Stream<Path> files = Files.find(tree, Integer.MAX_VALUE, (path, of) -> of.isRegularFile())) {
            long sum = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                sum += Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .size();
            }
            return sum;
        }
    }

    /** The chain ids of what is there. */
    public List<Digest> list() throws IOException {
        List<Digest> chainIds = new ArrayList<>();
        try (Stream<Path> directories = Files.list(root)) {
            directories.forEach(
                    path -> chainIds.add(new Digest("sha256", path.getFileName().toString())));
        }
        return chainIds;
    }

    /**
     * Removes a layer; nothing there is fine.
     *
     * @param trash a path on the same file system: the layer moves there first, so that a half removed one is never
     *     used
     */
    public void remove(Digest chainId, Path trash) throws IOException {
        Path directory = root.resolve(chainId.hex());
        if (Files.isDirectory(directory)) {
            Files.move(directory, trash, StandardCopyOption.ATOMIC_MOVE);
            new TreeRemoval(linux).remove(trash);
        }
    }

    /** {@code layer.json}; written last, read whenever the layer is used. */
    record LayerFile(int version, Digest diffId, long sizeBytes) {
        static final int VERSION = 1;
    }
}
