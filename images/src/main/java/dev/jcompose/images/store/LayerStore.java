package dev.jcompose.images.store;

import dev.jcompose.images.layer.LayerException;
import dev.jcompose.images.layer.LayerUnpacker;
import dev.jcompose.images.layer.UnpackedLayer;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Unpacked layers, one copy per chain id: {@code layers/HEX/diff}, with {@code layer.json} beside it. */
public final class LayerStore {
    private static final String DIFF = "diff";
    private static final String FILE = "layer.json";

    private final Linux linux;
    private final Path root;
    private final LayerUnpacker unpacker;
    private final OciJson json;

    /** @param root made if it is not there */
    public LayerStore(Linux linux, Path root, LayerUnpacker unpacker, OciJson json) throws IOException {
        this.linux = linux;
        this.root = root;
        this.unpacker = unpacker;
        this.json = json;
        Files.createDirectories(root);
    }

    /** The layer that is the top of this stack. */
    public Optional<StoredLayer> find(Digest chainId) throws IOException {
        Path directory = root.resolve(chainId.hex());
        return Files.isDirectory(directory) ? Optional.of(read(directory)) : Optional.empty();
    }

    private StoredLayer read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        LayerFile layer = json.read(Files.readAllBytes(file), LayerFile.class, "'" + file + "'");
        return new StoredLayer(directory.resolve(DIFF), layer.sizeBytes());
    }

    /**
     * Unpacks a layer into a directory of its own; {@link #publish} makes it one of the store.
     *
     * @param blob the tar file, compressed or not
     * @param blobDigest of the file as it is, verified
     * @param diffId what the uncompressed tar file must be
     * @param below the layers under it, bottom first
     * @param staging a new directory on the store's file system
     * @throws LayerException if the content is not what {@code diffId} says, or not a good layer
     */
    public StoredLayer stage(Path blob, Digest blobDigest, Digest diffId, List<Path> below, Path staging)
            throws IOException {
        Path diff = staging.resolve(DIFF);
        Files.createDirectories(diff);
        // The top of an image's root; a layer that has an entry for it sets another mode.
        linux.files().fchmodat(null, diff.toString(), 0755);
        UnpackedLayer unpacked;
        try (InputStream in = Files.newInputStream(blob)) {
            unpacked = unpacker.unpack(in, blobDigest, diff, below);
        }
        if (!unpacked.diffId().equals(diffId)) {
            throw new LayerException(
                    "layer is damaged: its uncompressed digest is %s, the image's configuration says %s"
                            .formatted(unpacked.diffId(), diffId));
        }
        Files.write(
                staging.resolve(FILE),
                json.write(new LayerFile(LayerFile.VERSION, unpacked.diffId(), unpacked.sizeBytes())));
        return read(staging);
    }

    /** Gives a staged layer, which is on the disk by now, its place. */
    public void publish(Path staging, Digest chainId) throws IOException {
        Files.move(staging, root.resolve(chainId.hex()), StandardCopyOption.ATOMIC_MOVE);
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
