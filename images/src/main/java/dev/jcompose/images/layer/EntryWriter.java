package dev.jcompose.images.layer;

import static dev.jcompose.linux.Fcntl.AT_EMPTY_PATH;
import static dev.jcompose.linux.Fcntl.AT_SYMLINK_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_CREAT;
import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_EXCL;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_PATH;
import static dev.jcompose.linux.Fcntl.O_WRONLY;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.linux.overlay.Whiteout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes the file of one tar entry after the other. */
final class EntryWriter {
    private static final int COPY_BYTES = 128 * 1024;
    private static final int WRITEBACK_BYTES = 8 << 20;

    private final Linux linux;
    private final LayerRoot root;
    private final UnpackLimits limits;
    private final FreeRoom room;
    private final TreeRemoval removal;
    private final WhiteoutEntries whiteouts;
    private final byte[] chunk = new byte[COPY_BYTES];
    private final ByteBuffer direct = ByteBuffer.allocateDirect(COPY_BYTES);
    private long bytes;

    EntryWriter(Linux linux, LayerRoot root, UnpackLimits limits, FreeRoom room) {
        this.linux = linux;
        this.root = root;
        this.limits = limits;
        this.room = room;
        removal = new TreeRemoval(linux);
        whiteouts = new WhiteoutEntries(linux, root);
    }

    /** Size of all files so far. */
    long bytes() {
        return bytes;
    }

    void write(TarArchiveEntry entry, Attributes attributes, InputStream content) throws IOException {
        LayerPath path = LayerPath.of(entry.getName(), limits.maxPathBytes());
        if (path.isTop()) {
            if (!entry.isDirectory()) {
                throw new LayerException("entry '" + entry.getName() + "' is the layer's top but not a directory");
            }
            setDirectory(root.root(), "", attributes);
        } else if (WhiteoutEntries.isOne(path)) {
            whiteouts.write(path);
        } else if (entry.isDirectory()) {
            directory(path, attributes);
        } else if (entry.isSymbolicLink()) {
            symbolicLink(path, entry.getLinkName(), attributes);
        } else if (entry.isLink()) {
            hardLink(path, entry.getLinkName());
        } else if (entry.isCharacterDevice()) {
            node(path, Fcntl.S_IFCHR, entry, attributes);
        } else if (entry.isBlockDevice()) {
            node(path, Fcntl.S_IFBLK, entry, attributes);
        } else if (entry.isFIFO()) {
            node(path, Fcntl.S_IFIFO, entry, attributes);
        } else if (isRegularFile(entry)) {
            file(path, attributes, content);
        } else {
            throw new LayerException(
                    "entry '%s' is of an unknown type '%c'".formatted(entry.getName(), (char) entry.getLinkFlag()));
        }
        skipContent(content);
    }

    /** TarArchiveEntry.isFile also says so of types that it does not know. */
    private static boolean isRegularFile(TarArchiveEntry entry) {
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_OLDNORM,
                    TarConstants.LF_NORMAL,
                    TarConstants.LF_CONTIG,
                    TarConstants.LF_GNUTYPE_SPARSE -> true;
            default -> false;
        };
    }

    void finish() throws IOException {
        whiteouts.finish();
        root.finish();
    }

    private void directory(LayerPath path, Attributes attributes) throws IOException {
        Fd parent = root.directory(path.parent());
        boolean hidesBelow = false;
        try {
            linux.files().mkdirat(parent, path.name(), 0700);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            Stat there = linux.files().statx(parent, path.name(), AT_SYMLINK_NOFOLLOW);
            if (!there.isType(Fcntl.S_IFDIR)) {
                hidesBelow = Whiteout.is(there);
                removal.remove(parent, path.name());
                root.forget();
                parent = root.directory(path.parent());
                linux.files().mkdirat(parent, path.name(), 0700);
            }
        }
        try (Fd made = linux.files().openat(parent, path.name(), O_PATH | O_DIRECTORY | O_NOFOLLOW, 0)) {
            if (hidesBelow) {
                Whiteout.setOpaque(linux, made);
            }
            setDirectory(made, path.toString(), attributes);
        }
    }

    private void setDirectory(Fd directory, String path, Attributes attributes) throws IOException {
        linux.files().fchownat(directory, "", attributes.uid(), attributes.gid(), AT_EMPTY_PATH);
        linux.files().fchmodat(null, directory.procPath().toString(), attributes.mode());
        attributes.setXattrs(linux, directory);
        root.setTimeLater(path, attributes.mtimeSeconds(), attributes.mtimeNanos());
    }

    private void file(LayerPath path, Attributes attributes, InputStream content) throws IOException {
        int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
        try (Fd file = replacing(path, parent -> linux.files().openat(parent, path.name(), flags, 0600))) {
            copy(content, file, path);
            linux.trees().fchown(file, attributes.uid(), attributes.gid());
            linux.trees().fchmod(file, attributes.mode());
            attributes.setXattrs(linux, file);
        }
        setTime(path, attributes);
    }

    /** The disk works on large files meanwhile; small ones are for the end, when they are written side by side. */
    private void copy(InputStream content, Fd file, LayerPath path) throws IOException {
        long written = 0;
        long begun = 0;
        int read;
        while ((read = content.read(chunk)) > 0) {
            count(read, path);
            written += read;
            if (written - begun >= WRITEBACK_BYTES) {
                linux.trees().beginWriteback(file, begun);
                begun = written;
            }
            direct.clear().put(chunk, 0, read).flip();
            while (direct.hasRemaining()) {
                linux.files().write(file, direct);
            }
        }
        if (written - begun >= COPY_BYTES) {
            linux.trees().beginWriteback(file, begun);
        }
    }

    private void count(int read, LayerPath path) throws IOException {
        room.take(read);
        bytes += read;
        if (bytes > limits.maxBytes()) {
            throw new LayerException(
                    "entry '%s': files are larger than %d bytes together, which is all that a layer may have here"
                            .formatted(path, limits.maxBytes()));
        }
    }

    private void symbolicLink(LayerPath path, String target, Attributes attributes) throws IOException {
        replacing(path, parent -> {
            linux.files().symlinkat(target, parent, path.name());
            linux.files().fchownat(parent, path.name(), attributes.uid(), attributes.gid(), AT_SYMLINK_NOFOLLOW);
            return path;
        });
        setTime(path, attributes);
    }

    private void hardLink(LayerPath path, String target) throws IOException {
        LayerPath to = LayerPath.of(target, limits.maxPathBytes());
        String what = "hard link '%s' to '%s'".formatted(path, target);
        try (Fd from = root.find(to.parent())
                .orElseThrow(() -> new LayerException(what + ": the target is not in this layer"))) {
            Stat linked = linux.files().statx(from, to.name(), AT_SYMLINK_NOFOLLOW);
            if (linked.isType(Fcntl.S_IFDIR)) {
                throw new LayerException(what + ": the target is a directory");
            }
            if (to.equals(path)) {
                throw new LayerException(what + ": it is a link to itself");
            }
            replacing(path, parent -> {
                linux.files().linkat(from, to.name(), parent, path.name(), 0);
                return path;
            });
        } catch (ErrnoException e) {
            throw e.is(Errno.ENOENT) ? new LayerException(what + ": the target is not in this layer", e) : e;
        }
    }

    private void node(LayerPath path, int type, TarArchiveEntry entry, Attributes attributes) throws IOException {
        int major = entry.getDevMajor();
        int minor = entry.getDevMinor();
        try (Fd made = replacing(path, parent -> {
            linux.files().mknodat(parent, path.name(), type | 0600, major, minor);
            return linux.files().openat(parent, path.name(), O_PATH | O_NOFOLLOW, 0);
        })) {
            linux.files().fchownat(made, "", attributes.uid(), attributes.gid(), AT_EMPTY_PATH);
            linux.files().fchmodat(null, made.procPath().toString(), attributes.mode());
            attributes.setXattrs(linux, made);
        }
        setTime(path, attributes);
    }

    private void setTime(LayerPath path, Attributes attributes) throws IOException {
        linux.files()
                .utimensat(
                        root.directory(path.parent()),
                        path.name(),
                        attributes.mtimeSeconds(),
                        attributes.mtimeNanos(),
                        AT_SYMLINK_NOFOLLOW);
    }

    /** Makes something; a later entry replaces an earlier one of its name. */
    private <T> T replacing(LayerPath path, Creation<T> creation) throws IOException {
        try {
            return creation.in(root.directory(path.parent()));
        } catch (ErrnoException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            removal.remove(root.directory(path.parent()), path.name());
            root.forget();
            return creation.in(root.directory(path.parent()));
        }
    }

    private void skipContent(InputStream content) throws IOException {
        int read;
        do {
            read = content.read(chunk);
        } while (read > 0);
    }

    private interface Creation<T> {
        T in(Fd parent) throws ErrnoException;
    }
}
