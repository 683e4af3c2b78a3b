package dev.jcompose.images.layer;

import static dev.jcompose.linux.Fcntl.AT_EMPTY_PATH;
import static dev.jcompose.linux.Fcntl.AT_SYMLINK_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_PATH;
import static dev.jcompose.linux.Fcntl.O_RDONLY;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.linux.DirectoryEntry;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.LayerStack;
import dev.jcompose.linux.overlay.Whiteout;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Writes the upper directory of an overlay as the tar file of a layer: whiteouts as {@code .wh.NAME}, opaque
 * directories with {@code .wh..wh..opq}, hard links, device nodes and extended attributes as they are, sockets left
 * out, names sorted. The same directory gives the same bytes. Nothing may change in it meanwhile. Needs root.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">OCI layers</a>
 */
public final class LayerDiff {
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int DEFAULT_ROOT_MODE = 0755;
    private static final String REDIRECT = "trusted.overlay.redirect";
    private static final String METACOPY = "trusted.overlay.metacopy";

    private final Linux linux;
    private final @Nullable Long latestSeconds;

    /** @param latestSeconds later modification times become this one, also in the directory; null for no limit */
    public LayerDiff(Linux linux, @Nullable Long latestSeconds) {
        this.linux = linux;
        this.latestSeconds = latestSeconds;
    }

    /**
     * Writes everything.
     *
     * @param below the layers under the directory, bottom first: its top has an entry only if it differs from theirs
     * @param target not closed
     */
    public LayerTar write(Path upper, List<Path> below, OutputStream target) throws IOException {
        return write(upper, below, Set.of(), target);
    }

    /**
     * The same.
     *
     * @param stubs paths that are left out if they are empty files or directories
     */
    public LayerTar write(Path upper, List<Path> below, Set<String> stubs, OutputStream target) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        Counting counting = new Counting(new DigestOutputStream(target, sha256));
        BufferedOutputStream out = new BufferedOutputStream(counting, BUFFER_BYTES);
        Walk walk = new Walk(out, stubs);
        try (Fd root = linux.files().openat(null, upper.toString(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)) {
            Stat stat = linux.files().statx(root, "", AT_EMPTY_PATH);
            if (differs(stat, below)) {
                walk.directory(root, "", stat);
            }
            walk.children(root, "");
        }
        walk.tar.end();
        out.flush();
        return new LayerTar(Digest.of(sha256), counting.bytes, walk.entries);
    }

    private boolean differs(Stat top, List<Path> below) throws IOException {
        if (below.isEmpty()) {
            return top.permissions() != DEFAULT_ROOT_MODE || top.uid() != 0 || top.gid() != 0;
        }
        try (LayerStack stack = new LayerStack(linux, below)) {
            Stat old = linux.files().statx(stack.root().top(), "", AT_EMPTY_PATH);
            return top.permissions() != old.permissions() || top.uid() != old.uid() || top.gid() != old.gid();
        }
    }

    /** One way through the tree. */
    private final class Walk {
        private final OutputStream out;
        private final TarWriter tar;
        private final Set<String> stubs;
        private final Map<Inode, String> links = new HashMap<>();
        private final ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private final byte[] chunk = new byte[BUFFER_BYTES];
        private long entries;

        Walk(OutputStream out, Set<String> stubs) {
            this.out = out;
            this.stubs = stubs;
            tar = new TarWriter(out);
        }

        void children(Fd directory, String path) throws IOException {
            List<DirectoryEntry> names;
            try (Fd listing = linux.files().openat(directory, ".", O_RDONLY | O_DIRECTORY, 0)) {
                names = linux.trees().list(listing);
            }
            names.sort(Comparator.comparing(DirectoryEntry::name));
            for (DirectoryEntry name : names) {
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("canceled");
                }
                child(directory, path.isEmpty() ? name.name() : path + "/" + name.name(), name.name());
            }
        }

        private void child(Fd parent, String path, String name) throws IOException {
            Stat stat = linux.files().statx(parent, name, AT_SYMLINK_NOFOLLOW);
            if (stubs.contains(path) && isEmpty(parent, name, stat)) {
                return;
            }
            if (Whiteout.is(stat)) {
                int slash = path.lastIndexOf('/') + 1;
                empty(path.substring(0, slash) + ".wh." + name, stat);
            } else if (stat.isType(Fcntl.S_IFDIR)) {
                try (Fd child = linux.files().openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)) {
                    refuseRedirect(child, path);
                    directory(child, path + "/", stat);
                    if (Whiteout.isOpaque(linux, child)) {
                        empty(path + "/.wh..wh..opq", stat);
                    }
                    children(child, path);
                    limitTime(parent, name, stat);
                }
            } else if (!stat.isType(Fcntl.S_IFSOCK)) {
                leaf(parent, path, name, stat);
                limitTime(parent, name, stat);
            }
        }

        private boolean isEmpty(Fd parent, String name, Stat stat) throws IOException {
            if (!stat.isType(Fcntl.S_IFDIR)) {
                return stat.isType(Fcntl.S_IFREG) && stat.sizeBytes() == 0;
            }
            try (Fd child = linux.files().openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)) {
                return linux.trees().list(child).isEmpty();
            }
        }

        /** What only this overlay could resolve is no layer. */
        private void refuseRedirect(Fd directory, String path) throws IOException {
            for (String xattr : linux.trees().listxattr(directory)) {
                if (xattr.equals(REDIRECT) || xattr.equals(METACOPY)) {
                    throw new LayerException("'%s' has %s: mount overlays with redirect_dir=off,metacopy=off"
                            .formatted(LayerPath.shown(path), xattr));
                }
            }
        }

        private void limitTime(Fd parent, String name, Stat stat) throws IOException {
            if (latestSeconds != null && stat.mtimeSeconds() > latestSeconds) {
                linux.files().utimensat(parent, name, latestSeconds, 0, AT_SYMLINK_NOFOLLOW);
            }
        }

        private void leaf(Fd parent, String path, String name, Stat stat) throws IOException {
            Inode inode = new Inode(stat.devMajor(), stat.devMinor(), stat.inode());
            String first = stat.linkCount() > 1 ? links.putIfAbsent(inode, path) : null;
            if (first != null) {
                header(path, TarConstants.LF_LINK, stat, 0, first, Map.of());
                return;
            }
            if (stat.isType(Fcntl.S_IFREG)) {
                try (Fd file = linux.files().openat(parent, name, O_RDONLY | O_NOFOLLOW, 0)) {
                    header(path, TarConstants.LF_NORMAL, stat, stat.sizeBytes(), "", Attributes.allowed(linux, file));
                    content(file, stat.sizeBytes(), path);
                }
                return;
            }
            try (Fd other = linux.files().openat(parent, name, O_PATH | O_NOFOLLOW, 0)) {
                if (stat.isType(Fcntl.S_IFLNK)) {
                    header(path, TarConstants.LF_SYMLINK, stat, 0, linux.files().readlinkat(parent, name), Map.of());
                } else if (stat.isType(Fcntl.S_IFCHR)) {
                    header(path, TarConstants.LF_CHR, stat, 0, "", Attributes.allowed(linux, other));
                } else if (stat.isType(Fcntl.S_IFBLK)) {
                    header(path, TarConstants.LF_BLK, stat, 0, "", Attributes.allowed(linux, other));
                } else if (stat.isType(Fcntl.S_IFIFO)) {
                    header(path, TarConstants.LF_FIFO, stat, 0, "", Attributes.allowed(linux, other));
                }
            }
        }

        void directory(Fd directory, String path, Stat stat) throws IOException {
            header(
                    path.isEmpty() ? "./" : path,
                    TarConstants.LF_DIR,
                    stat,
                    0,
                    "",
                    Attributes.allowed(linux, directory));
        }

        private void empty(String path, Stat stat) throws IOException {
            entries++;
            tar.header(
                    new TarWriter.Entry(path, TarConstants.LF_NORMAL, 0600, 0, 0, 0, time(stat), "", 0, 0, Map.of()));
        }

        private void header(String path, byte type, Stat stat, long size, String link, Map<String, byte[]> xattrs)
                throws IOException {
            entries++;
            boolean device = type == TarConstants.LF_CHR || type == TarConstants.LF_BLK;
            tar.header(new TarWriter.Entry(
                    path,
                    type,
                    stat.permissions(),
                    stat.uid() & 0xffff_ffffL,
                    stat.gid() & 0xffff_ffffL,
                    size,
                    time(stat),
                    link,
                    device ? stat.rdevMajor() : 0,
                    device ? stat.rdevMinor() : 0,
                    xattrs));
        }

        private long time(Stat stat) {
            return latestSeconds == null ? stat.mtimeSeconds() : Math.min(latestSeconds, stat.mtimeSeconds());
        }

        private void content(Fd file, long size, String path) throws IOException {
            long left = size;
            while (left > 0) {
                direct.clear().limit((int) Math.min(left, BUFFER_BYTES));
                int read = linux.files().read(file, direct);
                if (read == 0) {
                    throw new LayerException("'%s' became shorter while it was read".formatted(LayerPath.shown(path)));
                }
                direct.get(0, chunk, 0, read);
                out.write(chunk, 0, read);
                left -= read;
            }
            tar.pad(size);
        }
    }

    private record Inode(int major, int minor, long number) {}

    private static final class Counting extends FilterOutputStream {
        private long bytes;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            bytes += length;
        }
    }
}
