package dev.jcompose.volumes;

import static dev.jcompose.linux.Fcntl.AT_EMPTY_PATH;
import static dev.jcompose.linux.Fcntl.AT_SYMLINK_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_PATH;
import static dev.jcompose.linux.Fcntl.O_RDONLY;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.LayerDirectory;
import dev.jcompose.linux.overlay.LayerEntry;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies a directory of an image into a volume, with owners, modes, times, attributes and hard links; sockets are left
 * out. Never follows a symbolic link on either side: a container that has the volume already may change it meanwhile.
 */
final class TreeCopy {
    /** A directory in the volume in which files are made; it is there exactly while a copy is not finished. */
    static final String WORK = ".jcompose-filling";

    /** Each level holds a few descriptors open. */
    private static final int MAX_DEPTH = 256;

    private static final int BENEATH =
            Fcntl.RESOLVE_BENEATH | Fcntl.RESOLVE_NO_SYMLINKS | Fcntl.RESOLVE_NO_MAGICLINKS | Fcntl.RESOLVE_NO_XDEV;

    private final Linux linux;
    private final Fd target;
    private final CopiedAttributes attributes;
    private final FileCopy files;
    private final Map<Inode, String> copied = new HashMap<>();

    /** @param target the volume's directory, open for reading */
    TreeCopy(Linux linux, Fd target) {
        this.linux = linux;
        this.target = target;
        attributes = new CopiedAttributes(linux);
        files = new FileCopy(linux, attributes);
    }

    void copy(LayerDirectory source) throws IOException {
        makeDirectory(target, WORK);
        try (Fd work = open(target, WORK)) {
            copyContent(source, target, work, "", 0);
        }
        new TreeRemoval(linux).remove(target, WORK);
        attributes.copy(source.top(), target);
    }

    private void copyContent(LayerDirectory source, Fd to, Fd work, String path, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new VolumeException("directories are nested more than " + MAX_DEPTH + " deep");
        }
        for (LayerEntry entry : source.list()) {
            String here = path.isEmpty() ? entry.name() : path + "/" + entry.name();
            switch (entry.stat().mode() & Fcntl.S_IFMT) {
                case Fcntl.S_IFDIR -> copyDirectory(source, entry.name(), to, work, here, depth);
                case Fcntl.S_IFREG -> copyFile(entry, to, work, here);
                case Fcntl.S_IFLNK -> copyLink(entry, to);
                case Fcntl.S_IFSOCK -> {}
                default -> copyNode(entry, to);
            }
        }
    }

    private void copyDirectory(LayerDirectory source, String name, Fd to, Fd work, String path, int depth)
            throws IOException {
        Optional<LayerDirectory> entered = source.enter(name);
        if (entered.isEmpty()) {
            return;
        }
        try (LayerDirectory from = entered.get()) {
            makeDirectory(to, name);
            try (Fd made = open(to, name)) {
                copyContent(from, made, work, path, depth + 1);
                attributes.copy(from.top(), made);
            }
        }
    }

    private void copyFile(LayerEntry entry, Fd to, Fd work, String path) throws IOException {
        String first = entry.stat().linkCount() > 1 ? copied.putIfAbsent(Inode.of(entry.stat()), path) : null;
        if (isThere(to, entry.name())) {
            return;
        }
        if (first == null) {
            files.copy(entry, work, to);
            return;
        }
        int slash = first.lastIndexOf('/');
        try (Fd directory = linux.files()
                .openat2(target, slash < 0 ? "." : first.substring(0, slash), O_PATH | O_DIRECTORY, 0, BENEATH)) {
            linux.files().linkat(directory, first.substring(slash + 1), to, entry.name(), 0);
        }
    }

    private void copyLink(LayerEntry entry, Fd to) throws IOException {
        if (!isThere(to, entry.name())) {
            linux.files().symlinkat(linux.files().readlinkat(entry.layer(), entry.name()), to, entry.name());
            Stat stat = entry.stat();
            linux.files().fchownat(to, entry.name(), stat.uid(), stat.gid(), AT_SYMLINK_NOFOLLOW);
            linux.files().utimensat(to, entry.name(), stat.mtimeSeconds(), stat.mtimeNanos(), AT_SYMLINK_NOFOLLOW);
        }
    }

    /** A device or a FIFO. */
    private void copyNode(LayerEntry entry, Fd to) throws IOException {
        if (!isThere(to, entry.name())) {
            Stat stat = entry.stat();
            linux.files().mknodat(to, entry.name(), stat.mode(), stat.rdevMajor(), stat.rdevMinor());
            try (Fd made = linux.files().openat(to, entry.name(), O_PATH | O_NOFOLLOW, 0)) {
                linux.files().fchownat(made, "", stat.uid(), stat.gid(), AT_EMPTY_PATH);
                linux.files().fchmodat(null, made.procPath().toString(), stat.permissions());
            }
            linux.files().utimensat(to, entry.name(), stat.mtimeSeconds(), stat.mtimeNanos(), AT_SYMLINK_NOFOLLOW);
        }
    }

    private boolean isThere(Fd directory, String name) throws ErrnoException {
        try {
            linux.files().statx(directory, name, AT_SYMLINK_NOFOLLOW);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    private void makeDirectory(Fd parent, String name) throws ErrnoException {
        try {
            linux.files().mkdirat(parent, name, 0700);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
    }

    private Fd open(Fd parent, String name) throws ErrnoException {
        return linux.files().openat2(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, BENEATH);
    }

    private record Inode(int devMajor, int devMinor, long number) {
        static Inode of(Stat stat) {
            return new Inode(stat.devMajor(), stat.devMinor(), stat.inode());
        }
    }
}
