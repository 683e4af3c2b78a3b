package dev.jcompose.images.layer;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerEntry;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Owner, mode, times and extended attributes of an entry.
 *
 * @param xattrs as in the tar file; which of them are set is decided in {@link #isAllowed}
 */
public record Attributes(int uid, int gid, int mode, long mtimeSeconds, int mtimeNanos, Map<String, byte[]> xattrs) {
    private static final long MAX_ID = 0xffff_fffeL;
    private static final int PERMISSIONS = 07777;

    static Attributes of(TarArchiveEntry entry, Map<String, byte[]> xattrs) throws LayerException {
        var mtime = entry.getLastModifiedTime().toInstant();
        return new Attributes(
                id(entry, "user", entry.getLongUserId()),
                id(entry, "group", entry.getLongGroupId()),
                entry.getMode() & PERMISSIONS,
                mtime.getEpochSecond(),
                mtime.getNano(),
                xattrs);
    }

    /** With the extended attributes of a file, those that a layer may have. */
    public Attributes withXattrsOf(Linux linux, LayerEntry entry) throws IOException {
        if (!entry.stat().isType(Fcntl.S_IFREG) && !entry.stat().isType(Fcntl.S_IFDIR)) {
            return this;
        }
        try (Fd file = linux.files().openat(entry.layer(), entry.name(), Fcntl.O_PATH | Fcntl.O_NOFOLLOW, 0)) {
            return new Attributes(uid, gid, mode, mtimeSeconds, mtimeNanos, allowed(linux, file));
        }
    }

    /** The extended attributes that a layer may have; none where the file system has none. */
    static Map<String, byte[]> allowed(Linux linux, Fd file) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try {
            for (String name : linux.trees().listxattr(file)) {
                if (isAllowed(name)) {
                    found.put(name, linux.trees().getxattr(file, name));
                }
            }
        } catch (ErrnoException e) {
            if (!e.is(Errno.EOPNOTSUPP)) {
                throw e;
            }
        }
        return found;
    }

    /** -1 would mean "leave it as it is" to chown(2). */
    private static int id(TarArchiveEntry entry, String kind, long id) throws LayerException {
        if (id < 0 || id > MAX_ID) {
            throw new LayerException("entry '" + entry.getName() + "' has the impossible " + kind + " id " + id);
        }
        return (int) id;
    }

    /** Sets the extended attributes on what {@code file} is open on; after chown, which removes capabilities. */
    void setXattrs(Linux linux, Fd file) throws IOException {
        for (Map.Entry<String, byte[]> xattr : xattrs.entrySet()) {
            if (!isAllowed(xattr.getKey())) {
                continue;
            }
            try {
                linux.trees().setxattr(file, xattr.getKey(), xattr.getValue());
            } catch (ErrnoException e) {
                boolean userOnSpecialFile = e.is(Errno.EPERM) && xattr.getKey().startsWith("user.");
                if (!e.is(Errno.EOPNOTSUPP) && !userOnSpecialFile) {
                    throw e;
                }
            }
        }
    }

    /**
     * Overlayfs believes its own attributes ({@code trusted.overlay.*}: a redirect could show what a layer hides), and
     * labels of the host's security modules are not an image's to give.
     */
    static boolean isAllowed(String name) {
        return name.startsWith("user.")
                || name.equals("security.capability")
                || name.equals("system.posix_acl_access")
                || name.equals("system.posix_acl_default");
    }
}
