package dev.jcompose.volumes;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Scratch;
import java.nio.ByteBuffer;

/**
 * A block device that stands for a file. It goes by itself when nobody has it open or mounted any more.
 *
 * @see <a href="https://man7.org/linux/man-pages/man4/loop.4.html">loop(4)</a>
 */
final class LoopDevice implements AutoCloseable {
    private static final int LOOP_CTL_GET_FREE = 0x4C82;
    private static final int LOOP_CONFIGURE = 0x4C0A;
    /** {@code struct loop_config}: descriptor, block size, {@code struct loop_info64}, eight reserved words. */
    private static final int CONFIG_BYTES = 304;

    private static final int FLAGS_OFFSET = 60;
    private static final int LO_FLAGS_READ_ONLY = 1;
    private static final int LO_FLAGS_AUTOCLEAR = 4;
    /** Somebody else may take the free one first. */
    private static final int TRIES = 16;

    private final Fd device;
    private final String path;

    private LoopDevice(Fd device, String path) {
        this.device = device;
        this.path = path;
    }

    /** One for a file. It must be mounted before it is closed. */
    static LoopDevice of(Linux linux, String file, boolean readOnly) throws ErrnoException {
        int access = (readOnly ? Fcntl.O_RDONLY : Fcntl.O_RDWR) | Fcntl.O_CLOEXEC;
        try (Fd backing = linux.files().openat(null, file, access, 0);
                Fd control = linux.files().openat(null, "/dev/loop-control", Fcntl.O_RDWR | Fcntl.O_CLOEXEC, 0)) {
            for (int tried = 1; ; tried++) {
                String path = "/dev/loop" + linux.files().ioctl(control, LOOP_CTL_GET_FREE, 0);
                Fd device = linux.files().openat(null, path, access, 0);
                try {
                    configure(linux, device, backing, readOnly);
                    return new LoopDevice(device, path);
                } catch (ErrnoException e) {
                    device.close();
                    if (!e.is(Errno.EBUSY) || tried == TRIES) {
                        throw e;
                    }
                }
            }
        }
    }

    private static void configure(Linux linux, Fd device, Fd backing, boolean readOnly) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer config = scratch.buffer(CONFIG_BYTES);
            config.putInt(0, backing.number());
            config.putInt(FLAGS_OFFSET, LO_FLAGS_AUTOCLEAR | (readOnly ? LO_FLAGS_READ_ONLY : 0));
            linux.files().ioctl(device, LOOP_CONFIGURE, Scratch.address(config));
        }
    }

    /** {@code /dev/loop7}. */
    String path() {
        return path;
    }

    @Override
    public void close() {
        device.close();
    }
}
