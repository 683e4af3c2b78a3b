package dev.jcompose.engine.archive;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks a tar stream into a directory of a container. */
final class TreeExtraction {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int PERMISSIONS = 07777;

    private final Linux linux;
    private final FileCalls files;
    private final RootPaths paths;
    private final String target;
    private final Options options;
    private final TreeRemoval removal;
    private final List<DirectoryTime> times = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] bytes = new byte[BUFFER_BYTES];

    /**
     * How to unpack.
     *
     * @param noOverwriteDirNonDir refuse to put a directory in the place of something else, or the reverse
     * @param owner to whom everything is to belong; null for whom the archive says
     */
    record Options(boolean noOverwriteDirNonDir, @Nullable Owner owner) {}

    /** A user and a group, by number. */
    record Owner(int uid, int gid) {}

    private record DirectoryTime(String path, long seconds) {}

    /** Into the directory {@code target} below a root. */
    TreeExtraction(Linux linux, RootPaths paths, String target, Options options) {
        this.linux = linux;
        this.files = linux.files();
        this.paths = paths;
        this.target = RootPaths.relative(target);
        this.options = options;
        this.removal = new TreeRemoval(linux);
    }

    void extract(InputStream tar) throws IOException {
        TarArchiveInputStream in = new TarArchiveInputStream(tar, "UTF-8");
        for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            entry(entry, in);
        }
        for (DirectoryTime time : times) {
            try (Fd directory = paths.directory(time.path())) {
                files.utimensat(directory, "", time.seconds(), 0, Fcntl.AT_EMPTY_PATH);
            }
        }
        // The client has sent zeros behind the end, and waits until they are read.
        tar.transferTo(java.io.OutputStream.nullOutputStream());
    }

    private void entry(TarArchiveEntry entry, InputStream content) throws IOException {
        String name = clean(entry.getName());
        String path = name.equals(".") ? target : target + "/" + name;
        if (name.equals(".")) {
            if (entry.isDirectory()) {
                return;
            }
            throw new EngineException(Kind.INVALID, "the archive has a file without a name");
        }
        int slash = path.lastIndexOf('/');
        String last = path.substring(slash + 1);
        try (Fd parent = paths.directoryMade(path.substring(0, slash))) {
            if (entry.isDirectory()) {
                directory(parent, last, path, entry);
                return;
            }
            Stat there = stat(parent, last);
            if (there != null && there.isType(Fcntl.S_IFDIR)) {
                refuse(path, "directory", "non-directory");
            }
            make(parent, last, there, entry, content);
        }
    }

    private static String clean(String name) {
        String clean = RootPaths.relative(name);
        for (String part : clean.split("/")) {
            if (part.equals("..")) {
                throw new EngineException(Kind.INVALID, "entry \"" + name + "\" of the archive has .. in its path");
            }
        }
        return clean;
    }

    private @Nullable Stat stat(Fd parent, String name) throws ErrnoException {
        try {
            return files.statx(parent, name, Fcntl.AT_SYMLINK_NOFOLLOW);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return null;
            }
            throw e;
        }
    }

    private void refuse(String path, String there, String comes) {
        if (options.noOverwriteDirNonDir()) {
            throw new EngineException(
                    Kind.INVALID,
                    "cannot overwrite " + there + " \"/" + path + "\" with " + comes + " \"/" + path + "\"");
        }
    }

    private void directory(Fd parent, String name, String path, TarArchiveEntry entry) throws IOException {
        Stat there = stat(parent, name);
        // A link to a directory stays: what is in the archive's directory goes where it leads.
        boolean link = there != null && there.isType(Fcntl.S_IFLNK) && isDirectory(path);
        if (there != null && !there.isType(Fcntl.S_IFDIR) && !link) {
            refuse(path, "non-directory", "directory");
            removal.remove(parent, name);
            there = null;
        }
        if (there == null) {
            files.mkdirat(parent, name, 0700);
        }
        try (Fd made = paths.directory(path)) {
            own(made, entry);
            files.fchmodat(null, made.procPath().toString(), entry.getMode() & PERMISSIONS);
        }
        times.add(new DirectoryTime(path, seconds(entry)));
    }

    private boolean isDirectory(String path) throws ErrnoException {
        try (Fd directory = paths.directory(path)) {
            return true;
        } catch (EngineException e) {
            return false;
        }
    }

    private void make(Fd parent, String name, @Nullable Stat there, TarArchiveEntry entry, InputStream content)
            throws IOException {
        boolean inPlace = false;
        if (there != null) {
            inPlace = !removed(parent, name, there, entry);
        }
        if (entry.isSymbolicLink()) {
            files.symlinkat(entry.getLinkName(), parent, name);
            chown(parent, name, entry);
        } else if (entry.isLink()) {
            hardLink(parent, name, entry);
            return;
        } else if (entry.isFile()) {
            file(parent, name, inPlace, entry, content);
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            node(parent, name, entry);
        } else {
            throw new EngineException(
                    Kind.INVALID, "entry \"" + entry.getName() + "\" of the archive is of an unknown type");
        }
        files.utimensat(parent, name, seconds(entry), 0, Fcntl.AT_SYMLINK_NOFOLLOW);
    }

    /** Makes room; false for a file that cannot be removed because something is mounted there: then it is filled. */
    private boolean removed(Fd parent, String name, Stat there, TarArchiveEntry entry) throws IOException {
        try {
            removal.remove(parent, name);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EBUSY) && there.isType(Fcntl.S_IFREG) && entry.isFile()) {
                return false;
            }
            throw e;
        }
    }

    private void file(Fd parent, String name, boolean inPlace, TarArchiveEntry entry, InputStream content)
            throws IOException {
        int flags = Fcntl.O_WRONLY | Fcntl.O_NOFOLLOW | (inPlace ? Fcntl.O_TRUNC : Fcntl.O_CREAT | Fcntl.O_EXCL);
        try (Fd file = files.openat(parent, name, flags, 0600)) {
            for (int count = content.read(bytes); count >= 0; count = content.read(bytes)) {
                buffer.clear().put(bytes, 0, count).flip();
                while (buffer.hasRemaining()) {
                    files.write(file, buffer);
                }
            }
            Owner owner = owner(entry);
            linux.trees().fchown(file, owner.uid(), owner.gid());
            linux.trees().fchmod(file, entry.getMode() & PERMISSIONS);
        }
    }

    private void hardLink(Fd parent, String name, TarArchiveEntry entry) throws IOException {
        String to = target + "/" + clean(entry.getLinkName());
        int slash = to.lastIndexOf('/');
        try (Fd from = paths.directory(to.substring(0, slash))) {
            files.linkat(from, to.substring(slash + 1), parent, name, 0);
        }
    }

    private void node(Fd parent, String name, TarArchiveEntry entry) throws IOException {
        int type = entry.isFIFO() ? Fcntl.S_IFIFO : entry.isBlockDevice() ? Fcntl.S_IFBLK : Fcntl.S_IFCHR;
        files.mknodat(parent, name, type | 0600, entry.getDevMajor(), entry.getDevMinor());
        try (Fd made = files.openat(parent, name, Fcntl.O_PATH | Fcntl.O_NOFOLLOW, 0)) {
            own(made, entry);
            files.fchmodat(null, made.procPath().toString(), entry.getMode() & PERMISSIONS);
        }
    }

    private void own(Fd file, TarArchiveEntry entry) throws ErrnoException {
        Owner owner = owner(entry);
        files.fchownat(file, "", owner.uid(), owner.gid(), Fcntl.AT_EMPTY_PATH);
    }

    private void chown(Fd parent, String name, TarArchiveEntry entry) throws ErrnoException {
        Owner owner = owner(entry);
        files.fchownat(parent, name, owner.uid(), owner.gid(), Fcntl.AT_SYMLINK_NOFOLLOW);
    }

    private Owner owner(TarArchiveEntry entry) {
        Owner all = options.owner();
        return all != null ? all : new Owner((int) entry.getLongUserId(), (int) entry.getLongGroupId());
    }

    private static long seconds(TarArchiveEntry entry) {
        return entry.getLastModifiedTime().toInstant().getEpochSecond();
    }
}
