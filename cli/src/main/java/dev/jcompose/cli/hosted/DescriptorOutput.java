package dev.jcompose.cli.hosted;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes to a descriptor, and remembers whether that has failed: whoever prints to it does not look. */
final class DescriptorOutput extends OutputStream {
    private final Linux linux;
    private final Fd fd;
    private boolean failed;

    /** {@code fd} stays the caller's. */
    DescriptorOutput(Linux linux, Fd fd) {
        this.linux = linux;
        this.fd = fd;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            linux.files().writeFully(fd, Arrays.copyOfRange(bytes, offset, offset + length));
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    /** Whether nobody takes what is written. */
    synchronized boolean hasFailed() {
        return failed;
    }
}
