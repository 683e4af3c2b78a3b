package dev.jcompose.engine.archive;

import dev.jcompose.linux.DirectoryEntry;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes files of a container as a tar stream, whatever happens to them meanwhile. */
final class TreeArchive implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] ZEROS = new byte[BUFFER_BYTES];
    /** proc, sysfs, cgroup, cgroup2, devpts, mqueue: files that are none. */
    private static final Set<Long> KERNEL_FILE_SYSTEMS =
            Set.of(0x9fa0L, 0x62656572L, 0x27e0ebL, 0x63677270L, 0x1cd1L, 0x19800202L);

    private final Linux linux;
    private final FileCalls files;
    private final boolean oneFileSystem;
    private final TarArchiveOutputStream out;
    private final Map<List<Long>, String> linked = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] bytes = new byte[BUFFER_BYTES];

    /** {@code oneFileSystem} leaves out what is mounted: such a directory or file is empty in the archive. */
    TreeArchive(Linux linux, OutputStream out, boolean oneFileSystem) {
        this.linux = linux;
        this.files = linux.files();
        this.oneFileSystem = oneFileSystem;
        this.out = new TarArchiveOutputStream(out, "UTF-8");
        this.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        this.out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        this.out.setAddPaxHeadersForNonAsciiNames(true);
    }

    /**
     * Adds a file, or a directory with everything in it.
     *
     * @param file opened with {@code O_PATH} and {@code O_NOFOLLOW}
     * @param name in the archive; of a directory's content, empty for the top
     */
    void add(Fd file, String name) throws IOException {
        add(file, name, false);
    }

    private void add(Fd file, String name, boolean mounted) throws IOException {
        Stat stat = files.statx(file, "", Fcntl.AT_EMPTY_PATH);
        switch (stat.mode() & Fcntl.S_IFMT) {
            case Fcntl.S_IFDIR -> directory(file, name, stat, mounted);
            case Fcntl.S_IFREG -> regular(file, name, stat, mounted);
            case Fcntl.S_IFLNK -> {
                TarArchiveEntry entry = entry(name, stat, TarConstants.LF_SYMLINK);
                entry.setLinkName(files.readlinkat(file, ""));
                put(entry);
            }
            case Fcntl.S_IFCHR -> device(name, stat, TarConstants.LF_CHR);
            case Fcntl.S_IFBLK -> device(name, stat, TarConstants.LF_BLK);
            case Fcntl.S_IFIFO -> put(entry(name, stat, TarConstants.LF_FIFO));
            default -> {
                // A socket belongs to a process, and cannot be in an archive.
            }
        }
    }

    private void directory(Fd directory, String name, Stat stat, boolean mounted) throws IOException {
        put(entry(name.isEmpty() ? "./" : name + "/", stat, TarConstants.LF_DIR));
        if (mounted || KERNEL_FILE_SYSTEMS.contains(files.filesystemType(directory))) {
            return;
        }
        try (Fd listing = files.openat(directory, ".", Fcntl.O_RDONLY | Fcntl.O_DIRECTORY, 0)) {
            for (DirectoryEntry child : linux.trees().list(listing)) {
                child(directory, name.isEmpty() ? child.name() : name + "/" + child.name(), child.name());
            }
        }
    }

    private void child(Fd directory, String path, String name) throws IOException {
        int flags = Fcntl.O_PATH | Fcntl.O_NOFOLLOW;
        if (oneFileSystem) {
            try (Fd file = files.openat2(directory, name, flags, 0, Fcntl.RESOLVE_NO_XDEV)) {
                add(file, path, false);
                return;
            } catch (ErrnoException e) {
                if (e.is(Errno.ENOENT)) {
                    return;
                }
                if (!e.is(Errno.EXDEV)) {
                    throw e;
                }
            }
        }
        try (Fd file = files.openat(directory, name, flags, 0)) {
            add(file, path, oneFileSystem);
        } catch (ErrnoException e) {
            // Removed since the directory was listed.
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private void regular(Fd file, String name, Stat stat, boolean mounted) throws IOException {
        String first = stat.linkCount() < 2 || mounted
                ? null
                : linked.putIfAbsent(List.of((long) stat.devMajor(), (long) stat.devMinor(), stat.inode()), name);
        if (first != null) {
            TarArchiveEntry entry = entry(name, stat, TarConstants.LF_LINK);
            entry.setLinkName(first);
            put(entry);
            return;
        }
        TarArchiveEntry entry = entry(name, stat, TarConstants.LF_NORMAL);
        entry.setSize(mounted ? 0 : stat.sizeBytes());
        out.putArchiveEntry(entry);
        if (entry.getSize() > 0) {
            // What is open is a regular file, so this neither waits nor does what opening a device does.
            try (Fd content = files.openat(null, file.procPath().toString(), Fcntl.O_RDONLY | Fcntl.O_NONBLOCK, 0)) {
                copy(content, entry.getSize());
            }
        }
        out.closeArchiveEntry();
    }

    /** Exactly so many bytes, as the header says: a file that grows is cut, one that shrinks is filled up. */
    private void copy(Fd content, long size) throws IOException {
        long left = size;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
            int count = files.read(content, buffer);
            if (count == 0) {
                int zeros = (int) Math.min(BUFFER_BYTES, left);
                out.write(ZEROS, 0, zeros);
                left -= zeros;
            } else {
                buffer.get(0, bytes, 0, count);
                out.write(bytes, 0, count);
                left -= count;
            }
        }
    }

    private void device(String name, Stat stat, byte type) throws IOException {
        TarArchiveEntry entry = entry(name, stat, type);
        entry.setDevMajor(stat.rdevMajor());
        entry.setDevMinor(stat.rdevMinor());
        put(entry);
    }

    private static TarArchiveEntry entry(String name, Stat stat, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode(stat.mode());
        entry.setIds(0, 0);
        entry.setUserId(Integer.toUnsignedLong(stat.uid()));
        entry.setGroupId(Integer.toUnsignedLong(stat.gid()));
        // Whole seconds: anything finer would need an extended header for every file.
        entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(stat.mtimeSeconds())));
        return entry;
    }

    private void put(TarArchiveEntry entry) throws IOException {
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }

    /** Writes the end of the archive; the stream below stays open. */
    @Override
    public void close() throws IOException {
        out.finish();
        out.flush();
    }
}
