package dev.jcompose.runtime.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a file that a container may have put there: not a device or a FIFO, and not without end. */
final class SmallFile {
    /** So that opening a FIFO does not wait, and a terminal does not become the engine's. */
    static final int FLAGS = Fcntl.O_RDONLY | Fcntl.O_NONBLOCK | Fcntl.O_NOCTTY;

    private static final int MAX_BYTES = 4 << 20;

    private SmallFile() {}

    /**
     * The text of an open file.
     *
     * @throws IOException if it is no regular file, or has more than 4 MiB
     */
    static String read(FileCalls files, Fd file, String name) throws IOException {
        var stat = files.statx(file, "", Fcntl.AT_EMPTY_PATH);
        if (!stat.isType(Fcntl.S_IFREG) || stat.sizeBytes() > MAX_BYTES) {
            throw new IOException(name + " in the container is not a regular file of at most 4 MiB");
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) stat.sizeBytes());
        boolean more = true;
        while (more && buffer.hasRemaining()) {
            more = files.read(file, buffer) > 0;
        }
        return UTF_8.decode(buffer.flip()).toString();
    }
}
