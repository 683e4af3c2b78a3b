package dev.jcompose.images.layer;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Reads an open file, from its offset on. Closing it does not close the descriptor. */
public final class FileContent extends InputStream {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final Linux linux;
    private final Fd file;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER_BYTES);

    public FileContent(Linux linux, Fd file) {
        this.linux = linux;
        this.file = file;
        direct.limit(0);
    }

    @Override
    public int read() throws ErrnoException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws ErrnoException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (!direct.hasRemaining()) {
            direct.clear();
            int read = linux.files().read(file, direct);
            direct.flip();
            if (read == 0) {
                return -1;
            }
        }
        int count = Math.min(length, direct.remaining());
        direct.get(bytes, offset, count);
        return count;
    }
}
