package dev.jcompose.volumes;

import static dev.jcompose.linux.Fcntl.O_CREAT;
import static dev.jcompose.linux.Fcntl.O_EXCL;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_NONBLOCK;
import static dev.jcompose.linux.Fcntl.O_RDONLY;
import static dev.jcompose.linux.Fcntl.O_WRONLY;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerEntry;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Copies regular files: made under another name, moved to their own when complete. Shares blocks where it can. */
final class FileCopy {
    private static final String TEMPORARY = "file";
    private static final long RANGE_BYTES = 1L << 30;
    private static final int COPY_BYTES = 128 * 1024;
    private static final int RENAME_NOREPLACE = 1;
    private static final int ONE_STEP =
            Fcntl.RESOLVE_BENEATH | Fcntl.RESOLVE_NO_SYMLINKS | Fcntl.RESOLVE_NO_MAGICLINKS | Fcntl.RESOLVE_NO_XDEV;

    private final Linux linux;
    private final CopiedAttributes attributes;

    FileCopy(Linux linux, CopiedAttributes attributes) {
        this.linux = linux;
        this.attributes = attributes;
    }

    /**
     * Copies one file.
     *
     * @param work a directory on the file system of {@code to}, used by nobody else
     */
    void copy(LayerEntry entry, Fd work, Fd to) throws IOException {
        removeLeftOver(work);
        try (Fd from = linux.files()
                        .openat2(entry.layer(), entry.name(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, ONE_STEP);
                Fd made = linux.files().openat(work, TEMPORARY, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600)) {
            copyContent(from, made);
            attributes.copy(from, made);
        }
        try {
            linux.files().renameat2(work, TEMPORARY, to, entry.name(), RENAME_NOREPLACE);
        } catch (ErrnoException e) {
            // Somebody who has the volume already was faster; what is theirs stays.
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
    }

    private void removeLeftOver(Fd work) throws ErrnoException {
        try {
            linux.files().unlinkat(work, TEMPORARY, 0);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private void copyContent(Fd from, Fd to) throws ErrnoException {
        try {
            while (linux.trees().copyFileRange(from, to, RANGE_BYTES) > 0) {
                // The offsets have moved on.
            }
        } catch (ErrnoException e) {
            // Kernels before 5.19 refuse to copy between some file systems; nothing has been copied then.
            if (!e.is(Errno.EXDEV) && !e.is(Errno.EINVAL) && !e.is(Errno.EOPNOTSUPP) && !e.is(Errno.ENOSYS)) {
                throw e;
            }
            copyByHand(from, to);
        }
    }

    private void copyByHand(Fd from, Fd to) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
        while (linux.files().read(from, buffer.clear()) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                linux.files().write(to, buffer);
            }
        }
    }
}
