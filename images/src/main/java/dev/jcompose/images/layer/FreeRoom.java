package dev.jcompose.images.layer;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks now and then how much room the disk still has, so that a layer made to fill it is stopped before, also when
 * several are unpacked at once. Used by one thread.
 */
final class FreeRoom {
    private static final long LOOK_EVERY_BYTES = 16 << 20;

    /** Of the room that is free at first, one part in so many is left to others. */
    private static final int LEFT_PART = 50;

    private final FileStore disk;
    private final long leftBytes;
    private long writtenBytes;

    /** @param directory on the disk that is written to */
    FreeRoom(Path directory) throws IOException {
        disk = Files.getFileStore(directory);
        leftBytes = disk.getUsableSpace() / LEFT_PART;
    }

    /** @throws LayerException when these bytes, too, would take what is left to others */
    void take(long bytes) throws IOException {
        writtenBytes += bytes;
        if (writtenBytes >= LOOK_EVERY_BYTES) {
            writtenBytes = 0;
            if (disk.getUsableSpace() < leftBytes) {
                throw new LayerException("no room is left on the disk but for " + leftBytes + " bytes");
            }
        }
    }
}
