package dev.jcompose.linux.overlay;

import dev.jcompose.linux.DirectoryEntry;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Removes directory trees without ever following a symbolic link, whatever happens to the tree meanwhile, and without
 * crossing into another file system.
 */
public final class TreeRemoval {
    private static final int STAY =
            Fcntl.RESOLVE_BENEATH | Fcntl.RESOLVE_NO_SYMLINKS | Fcntl.RESOLVE_NO_XDEV | Fcntl.RESOLVE_NO_MAGICLINKS;

    private final Linux linux;

    public TreeRemoval(Linux linux) {
        this.linux = linux;
    }

    /**
     * Removes whatever is at {@code path}; nothing there is fine.
     *
     * @throws ErrnoException {@code EXDEV} or {@code EBUSY} if something is mounted in it; what came before is gone
     */
    public void remove(Path path) throws ErrnoException {
        Path parent = path.toAbsolutePath().getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw new IllegalArgumentException("refusing to remove '" + path + "'");
        }
        Fd directory;
        try {
            directory = linux.files().openat(null, parent.toString(), Fcntl.O_PATH | Fcntl.O_DIRECTORY, 0);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return;
            }
            throw e;
        }
        try (directory) {
            remove(directory, name.toString());
        }
    }

    /** Removes whatever has this name in an open directory; nothing there is fine. */
    public void remove(@Nullable Fd directory, String name) throws ErrnoException {
        try {
            linux.files().unlinkat(directory, name, 0);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return;
            }
            // POSIX says EPERM for a directory, Linux EISDIR.
            if (!e.is(Errno.EISDIR) && !e.is(Errno.EPERM)) {
                throw e;
            }
            try (Fd child = linux.files()
                    .openat2(directory, name, Fcntl.O_RDONLY | Fcntl.O_DIRECTORY | Fcntl.O_NOFOLLOW, 0, STAY)) {
                clear(child);
            }
            linux.files().unlinkat(directory, name, Fcntl.AT_REMOVEDIR);
        }
    }

    /** Removes everything in a directory that is open for reading, but not the directory. */
    public void clear(Fd directory) throws ErrnoException {
        for (DirectoryEntry entry : linux.trees().list(directory)) {
            remove(directory, entry.name());
        }
    }
}
