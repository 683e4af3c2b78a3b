package dev.jcompose.linux.overlay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;

/**
 * How a layer says that something of the layers below is not there.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html#whiteouts-and-opaque-directories">overlayfs</a>
 */
public final class Whiteout {
    /** The attribute of a directory that hides the directories of its name below; its value is {@code y}. */
    public static final String OPAQUE = "trusted.overlay.opaque";

    private Whiteout() {}

    /** Whether this is the character device 0:0, which hides what has its name below. */
    public static boolean is(Stat stat) {
        return stat.isType(Fcntl.S_IFCHR) && stat.rdevMajor() == 0 && stat.rdevMinor() == 0;
    }

    /** Makes a whiteout. Needs {@code CAP_MKNOD} only on kernels before 5.8. */
    public static void create(Linux linux, Fd directory, String name) throws ErrnoException {
        linux.files().mknodat(directory, name, Fcntl.S_IFCHR, 0, 0);
    }

    /** Makes a directory hide those below. Needs {@code CAP_SYS_ADMIN}. */
    public static void setOpaque(Linux linux, Fd directory) throws ErrnoException {
        linux.trees().setxattr(directory, OPAQUE, "y".getBytes(US_ASCII));
    }

    /** Whether a directory hides those below; false where attributes cannot be read. */
    public static boolean isOpaque(Linux linux, Fd directory) throws ErrnoException {
        try {
            byte[] value = linux.trees().getxattr(directory, OPAQUE);
            return value.length == 1 && value[0] == 'y';
        } catch (ErrnoException e) {
            if (e.is(Errno.ENODATA) || e.is(Errno.EOPNOTSUPP)) {
                return false;
            }
            throw e;
        }
    }
}
