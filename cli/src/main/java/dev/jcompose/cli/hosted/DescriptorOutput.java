package dev.jcompose.cli.hosted;

import dev.jcompose.cli.process.LostOutput;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes to a descriptor, and remembers whether that has failed: whoever prints to it does not look. */
final class DescriptorOutput extends OutputStream {
    private final Linux linux;
    private final Fd fd;
    private @Nullable LostOutput lost;

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
            lost = new LostOutput(e);
            throw e;
        }
    }

    /** What could not be written, if there was such. */
    synchronized Optional<LostOutput> lost() {
        return Optional.ofNullable(lost);
    }
}
