package dev.jcompose.engine.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Makes the data of full segments smaller, and large again for who reads it. */
final class SegmentCompression {
    private SegmentCompression() {}

    /**
     * Puts a compressed file in the place of a segment's data. Who has that open reads on in it. Whatever happens
     * between, one of the two is there.
     */
    static void compress(Segments segments, long number) throws IOException {
        Path data = segments.data(number);
        Path temporary = segments.directory().resolve(number + ".tmp");
        try (InputStream in = Files.newInputStream(data);
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(temporary), 64 * 1024)) {
            in.transferTo(out);
        } catch (NoSuchFileException e) {
            // Removed meanwhile, as the oldest, or compressed already.
            Files.deleteIfExists(temporary);
            return;
        }
        Files.move(temporary, segments.compressed(number), StandardCopyOption.ATOMIC_MOVE);
        if (!Files.deleteIfExists(data)) {
            Files.deleteIfExists(segments.compressed(number));
        }
    }

    /** The data of a segment, from a file that has no name any more. */
    static FileChannel open(Segments segments, long number) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(segments.compressed(number)), 64 * 1024)) {
            Path file = Files.createTempFile("jcompose-log", "");
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            try {
                in.transferTo(Channels.newOutputStream(channel));
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }
}
