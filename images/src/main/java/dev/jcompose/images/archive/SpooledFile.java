package dev.jcompose.images.archive;

import dev.jcompose.images.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file of an archive, on disk under a name of our own.
 *
 * @param name in the archive
 */
public record SpooledFile(String name, Path path, long sizeBytes) {
    private static final long MAX_DOCUMENT_BYTES = 16 << 20;

    /** All of it; for JSON documents, so more than 16 MiB are refused. */
    public byte[] document() throws IOException {
        if (sizeBytes > MAX_DOCUMENT_BYTES) {
            throw new ArchiveException("'%s' is not a JSON document: it has %d bytes".formatted(name, sizeBytes));
        }
        return Files.readAllBytes(path);
    }

    /** The digest of its content as it is in the archive; reads all of it. */
    public Digest digest() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Digest.ofStream(in);
        }
    }
}
