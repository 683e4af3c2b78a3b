package dev.jcompose.engine.exec;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Writes to a blocking descriptor, and closes it. */
final class FdOutput extends OutputStream {
    private static final int CHUNK_BYTES = 16 * 1024;

    private final Linux linux;
    private final Fd fd;

    FdOutput(Linux linux, Fd fd) {
        this.linux = linux;
        this.fd = fd;
    }

    @Override
    public void write(int b) throws ErrnoException {
        linux.files().writeFully(fd, new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws ErrnoException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        for (int start = offset; start < offset + length; start += CHUNK_BYTES) {
            int end = Math.min(start + CHUNK_BYTES, offset + length);
            linux.files().writeFully(fd, Arrays.copyOfRange(bytes, start, end));
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
