package dev.jcompose.images.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes small files of the store. */
public final class StoreFile {
    private StoreFile() {}

    /** Replaces the file as a whole, on the disk when this returns. Nobody else may replace it at the same time. */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, content, file.resolveSibling(file.getFileName() + ".new"));
    }

    /**
     * The same of a file that others may replace at the same time; the last one wins.
     *
     * @param temporary on the same file system, and nobody else's
     */
    static void replace(Path file, byte[] content, Path temporary) throws IOException {
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
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
