package dev.jcompose.engine.exec;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Reads a blocking descriptor. For the master of a pty the end is {@code EIO}: the other side is closed. */
final class FdInput extends InputStream {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Linux linux;
    private final Fd fd;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    FdInput(Linux linux, Fd fd) {
        this.linux = linux;
        this.fd = fd;
    }

    @Override
    public int read() throws ErrnoException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws ErrnoException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        buffer.clear().limit(Math.min(length, BUFFER_BYTES));
        int count;
        try {
            count = linux.files().read(fd, buffer);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EIO)) {
                throw e;
            }
            count = 0;
        }
        if (count == 0) {
            return -1;
        }
        buffer.get(0, bytes, offset, count);
        return count;
    }
}
