package dev.jcompose.volumes;

import static dev.jcompose.linux.Fcntl.AT_EMPTY_PATH;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;

/** Copies owner, mode, times and extended attributes, but not those of overlayfs or of the host's security modules. */
final class CopiedAttributes {
    private final Linux linux;

    CopiedAttributes(Linux linux) {
        this.linux = linux;
    }

    /**
     * Between two files or directories that are open for reading or writing; for a directory when everything is in it.
     * Owner first: that change takes set-id bits away.
     */
    void copy(Fd from, Fd to) throws ErrnoException {
        Stat stat = linux.files().statx(from, "", AT_EMPTY_PATH);
        linux.trees().fchown(to, stat.uid(), stat.gid());
        linux.trees().fchmod(to, stat.permissions());
        copyXattrs(from, to);
        linux.files().utimensat(to, "", stat.mtimeSeconds(), stat.mtimeNanos(), AT_EMPTY_PATH);
    }

    private void copyXattrs(Fd from, Fd to) throws ErrnoException {
        try {
            for (String name : linux.trees().listxattr(from)) {
                if (isAllowed(name)) {
                    linux.trees().setxattr(to, name, linux.trees().getxattr(from, name));
                }
            }
        } catch (ErrnoException e) {
            // One of the file systems has no attributes (of this kind).
            if (!e.is(Errno.EOPNOTSUPP)) {
                throw e;
            }
        }
    }

    private static boolean isAllowed(String name) {
        return name.startsWith("user.") || name.startsWith("system.posix_acl_") || name.equals("security.capability");
    }
}
