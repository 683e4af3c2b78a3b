package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Content by digest: {@code blobs/sha256/HEX}. */
public final class BlobStore {
    private final Path root;
    private final Failpoint failpoint;

    /** @param root made if it is not there */
    BlobStore(Path root, Failpoint failpoint) throws IOException {
        this.root = root;
        this.failpoint = failpoint;
        Files.createDirectories(root.resolve("sha256"));
    }

    /** Where the content is, or would be. */
    public Path path(Digest digest) {
        return root.resolve(digest.algorithm()).resolve(digest.hex());
    }

    /** Whether the content is there. */
    public boolean has(Digest digest) {
        return Files.isRegularFile(path(digest));
    }

    /** Its size. */
    public long sizeBytes(Digest digest) throws IOException {
        return Files.size(path(digest));
    }

    /** Takes over a file whose content has been verified; it must be on the same file system. */
    public void adopt(Path verified, Digest digest) throws IOException {
        Path target = path(digest);
        Files.createDirectories(target.getParent());
        failpoint.reached("a blob is verified");
        Files.move(verified, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        failpoint.reached("a blob is in the store");
    }

    /**
     * All of a small document.
     *
     * @throws IOException if it is not there, or not what its digest says
     */
    public byte[] document(Digest digest) throws IOException {
        byte[] content = Files.readAllBytes(path(digest));
        if (!Digest.ofBytes(content).equals(digest)) {
            throw new IOException("blob '" + path(digest) + "' is damaged: its digest is " + Digest.ofBytes(content));
        }
        return content;
    }

    /**
     * Stores a small document.
     *
     * @param staging a path on the store's file system where nothing is
     */
    public Digest put(byte[] document, Path staging) throws IOException {
        Digest digest = Digest.ofBytes(document);
        if (!has(digest)) {
            Files.write(staging, document);
            adopt(staging, digest);
        }
        return digest;
    }

    /** What is there. */
    public List<Digest> list() throws IOException {
        List<Digest> digests = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("sha256"))) {
            files.forEach(
                    file -> digests.add(new Digest("sha256", file.getFileName().toString())));
        }
        return digests;
    }

    /** Removes content; nothing there is fine. */
    public void remove(Digest digest) throws IOException {
        Files.deleteIfExists(path(digest));
    }
}
