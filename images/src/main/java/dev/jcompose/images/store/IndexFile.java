package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

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

    /** @param names canonical references; may be none */
    public record Entry(Digest manifest, List<String> names) {
        public Entry {
            names = List.copyOf(names);
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
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(json.write(this));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
            directory.force(true);
        }
    }
}
