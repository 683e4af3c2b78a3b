package dev.jcompose.images.build;

import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_RDONLY;

import dev.jcompose.images.layer.Compression;
import dev.jcompose.images.layer.FileContent;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerEntry;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Tells tar files from others by their content, as {@code ADD} does, whatever they are called. */
final class ArchiveFormat {
    private static final int RECORD_BYTES = 512;
    private static final int BUFFER_BYTES = 64 * 1024;

    private ArchiveFormat() {}

    /** Whether a file is a tar file, compressed or not. */
    static boolean isArchive(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return isArchive(content);
        }
    }

    /** The same of a file of a tree. */
    static boolean isArchive(Linux linux, LayerEntry entry) throws IOException {
        try (InputStream content = content(linux, entry)) {
            return isArchive(content);
        }
    }

    private static boolean isArchive(InputStream content) {
        try (InputStream tar = open(content)) {
            byte[] header = tar.readNBytes(RECORD_BYTES);
            return header.length == RECORD_BYTES && header[0] != 0 && TarUtils.verifyCheckSum(header);
        } catch (IOException e) {
            // What looks compressed and is not, is no archive.
            return false;
        }
    }

    /** The content of a file of a tree. */
    static InputStream content(Linux linux, LayerEntry entry) throws IOException {
        Fd file = linux.files().openat(entry.layer(), entry.name(), O_RDONLY | O_NOFOLLOW, 0);
        return new FilterInputStream(new FileContent(linux, file)) {
            @Override
            public void close() throws IOException {
                super.close();
                file.close();
            }
        };
    }

    /** The uncompressed content of an archive. */
    static InputStream open(InputStream archive) throws IOException {
        InputStream buffered = new BufferedInputStream(archive, BUFFER_BYTES);
        return switch (Compression.of(buffered)) {
            case BZIP2 -> new BZip2CompressorInputStream(buffered, true);
            case XZ ->
                XZCompressorInputStream.builder()
                        .setInputStream(buffered)
                        .setDecompressConcatenated(true)
                        .get();
            default -> Compression.decompress(buffered);
        };
    }
}
