package dev.jcompose.linux.overlay;

import dev.jcompose.linux.DirectoryEntry;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.nio.file.Path;
import java.util.List;

/**
 * Removes directory trees without ever following a symbolic link, whatever happens to the tree meanwhile, without
 * crossing into another file system, and whatever its depth: a container can nest directories as deeply as it likes.
 */
public final class TreeRemoval {
    /** Descriptors open at once; what is deeper is first moved up. */
    private static final int MAX_DEPTH = 64;

    private static final String MOVED_UP = ".jcompose-remove-";
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
    public void remove(Fd directory, String name) throws ErrnoException {
        if (!unlink(directory, name)) {
            try (Fd child = open(directory, name)) {
                clear(child);
            }
            linux.files().unlinkat(directory, name, Fcntl.AT_REMOVEDIR);
        }
    }

    /** Removes everything in a directory that is open for reading, but not the directory. */
    public void clear(Fd directory) throws ErrnoException {
        int movedUp = 0;
        while (true) {
            List<DirectoryEntry> entries;
            try (Fd listing = open(directory, ".")) {
                entries = linux.trees().list(listing);
            }
            if (entries.isEmpty()) {
                return;
            }
            for (DirectoryEntry entry : entries) {
                movedUp = remove(directory, entry.name(), directory, movedUp, 1);
            }
        }
    }

    /** Removes a name at some depth below {@code top}; gives how many directories were moved up there by now. */
    private int remove(Fd directory, String name, Fd top, int movedUp, int depth) throws ErrnoException {
        if (unlink(directory, name)) {
            return movedUp;
        }
        if (depth > MAX_DEPTH) {
            linux.files().renameat2(directory, name, top, MOVED_UP + movedUp, 0);
            return movedUp + 1;
        }
        int count = movedUp;
        try (Fd child = open(directory, name)) {
            for (DirectoryEntry entry : linux.trees().list(child)) {
                count = remove(child, entry.name(), top, count, depth + 1);
            }
        }
        linux.files().unlinkat(directory, name, Fcntl.AT_REMOVEDIR);
        return count;
    }

    /** Whether the name is gone now; false if it is a directory. */
    private boolean unlink(Fd directory, String name) throws ErrnoException {
        try {
            linux.files().unlinkat(directory, name, 0);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return true;
            }
            // POSIX says EPERM for a directory, Linux EISDIR.
            if (e.is(Errno.EISDIR) || e.is(Errno.EPERM)) {
                return false;
            }
            throw e;
        }
    }

    private Fd open(Fd directory, String name) throws ErrnoException {
        return linux.files().openat2(directory, name, Fcntl.O_RDONLY | Fcntl.O_DIRECTORY | Fcntl.O_NOFOLLOW, 0, STAY);
    }
}
