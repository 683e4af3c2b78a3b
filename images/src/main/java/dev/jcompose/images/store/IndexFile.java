package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code index.json}: which images there are, and what they are called. What it does not lead to is garbage.
 *
 * @param version of this format
 */
public record IndexFile(int version, List<Entry> images) {
    static final int VERSION = 1;

    public IndexFile {
        images = List.copyOf(images);
    }

    /**
     * An image.
     *
     * @param names canonical references; may be none
     * @param repoDigests canonical references with a digest: what registries call it
     * @param lastTagged when a name was given to it last, pulling included; RFC 3339, empty if unknown
     * @param onHost whether its layers are on this machine's own root file system. Only this file says so: what comes
     *     from elsewhere cannot
     */
    public record Entry(
            Digest manifest, List<String> names, List<String> repoDigests, String lastTagged, boolean onHost) {
        /** Files of the first jcompose have only names. */
        public Entry(
                Digest manifest,
                List<String> names,
                @Nullable List<String> repoDigests,
                @Nullable String lastTagged,
                boolean onHost) {
            this.manifest = manifest;
            this.names = List.copyOf(names);
            this.repoDigests = repoDigests == null ? List.of() : List.copyOf(repoDigests);
            this.lastTagged = lastTagged == null ? "" : lastTagged;
            this.onHost = onHost;
        }
    }

    /** The images with the version of today. */
    public static IndexFile of(List<Entry> images) {
        return new IndexFile(VERSION, images);
    }

    /**
     * Reads it; no file means no images.
     *
     * @throws IOException if it is damaged, or of a version that this program does not know
     */
    public static IndexFile read(Path file, OciJson json) throws IOException {
        if (!Files.exists(file)) {
            return of(List.of());
        }
        IndexFile index = json.read(Files.readAllBytes(file), IndexFile.class, "'" + file + "'");
        if (index.version() != VERSION) {
            throw new IOException("image index '%s' is of version %d, this jcompose knows version %d"
                    .formatted(file, index.version(), VERSION));
        }
        return index;
    }

    /** Replaces the file as a whole, on the disk when this returns. */
    public void write(Path file, OciJson json) throws IOException {
        StoreFile.replace(file, json.write(this));
    }
}
