package dev.jcompose.images.build.context;

import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_RDONLY;

import dev.jcompose.images.build.cache.CacheKey;
import dev.jcompose.images.layer.FileContent;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.LayerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

/** Adds files to a cache key: content, type, mode, links and capabilities, and owners where they count; no times. */
public final class FileHash {
    private static final String CAPABILITY = "security.capability";

    private final Linux linux;
    private final boolean owners;

    public FileHash(Linux linux, boolean owners) {
        this.linux = linux;
        this.owners = owners;
    }

    /** Adds a file, or a directory with all that is seen in it. */
    public void add(CacheKey key, SourceTree tree, SourceFile file) throws IOException {
        if (file.path().isEmpty()) {
            key.add("top");
            tree.walk("", (path, entry) -> add(key, path, entry));
            return;
        }
        tree.visit(file, (name, entry) -> add(key, "", entry));
        if (file.stat().isType(Fcntl.S_IFDIR)) {
            tree.walk(file.path(), (path, entry) -> add(key, path, entry));
        }
    }

    private void add(CacheKey key, String path, LayerEntry entry) throws IOException {
        Stat stat = entry.stat();
        key.add(path).add(Integer.toOctalString(stat.mode()));
        if (owners) {
            key.add(stat.uid() + ":" + stat.gid());
        }
        if (stat.isType(Fcntl.S_IFREG)) {
            try (Fd open = linux.files().openat(entry.layer(), entry.name(), O_RDONLY | O_NOFOLLOW, 0);
                    InputStream content = new FileContent(linux, open)) {
                key.add(Digest.ofStream(content).hex());
                key.add(capability(open));
            }
        } else if (stat.isType(Fcntl.S_IFLNK)) {
            key.add(linux.files().readlinkat(entry.layer(), entry.name()));
        } else if (stat.isType(Fcntl.S_IFCHR) || stat.isType(Fcntl.S_IFBLK)) {
            key.add(stat.rdevMajor() + ":" + stat.rdevMinor());
        }
    }

    private String capability(Fd file) throws ErrnoException {
        try {
            return HexFormat.of().formatHex(linux.trees().getxattr(file, CAPABILITY));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENODATA) || e.is(Errno.EOPNOTSUPP)) {
                return "";
            }
            throw e;
        }
    }
}
