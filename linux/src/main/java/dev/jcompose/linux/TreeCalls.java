package dev.jcompose.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What copying and unpacking of file trees needs beside {@link FileCalls}. Attributes are read and set through
 * descriptors, also those opened with {@code O_PATH} (by way of {@code /proc/self/fd}), so that no name is resolved
 * twice.
 */
public final class TreeCalls extends Calls {
    private static final int DIRENT_BYTES = 24 * 1024;
    private static final int XATTR_MAX_BYTES = 64 * 1024;
    private static final int SYNC_FILE_RANGE_WRITE = 2;

    TreeCalls(Kernel kernel) {
        super(kernel);
    }

    /**
     * getdents64(2) until the end: the entries of a directory without {@code .} and {@code ..}, in the file system's
     * order. Moves the descriptor's offset.
     *
     * @param directory opened for reading, not with {@code O_PATH}
     */
    public List<DirectoryEntry> list(Fd directory) throws ErrnoException {
        List<DirectoryEntry> entries = new ArrayList<>();
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer buffer = scratch.buffer(DIRENT_BYTES);
            while (true) {
                int length = (int) check(
                        directory::toString,
                        Syscall.GETDENTS64,
                        directory.number(),
                        Scratch.address(buffer),
                        DIRENT_BYTES);
                if (length == 0) {
                    return entries;
                }
                for (int at = 0; at < length; at += buffer.getShort(at + 16) & 0xffff) {
                    String name = text(buffer, at + 19);
                    if (!name.equals(".") && !name.equals("..")) {
                        entries.add(new DirectoryEntry(name, buffer.get(at + 18)));
                    }
                }
            }
        }
    }

    /** setxattr(2) on what {@code file} is open on, a symbolic link included. */
    public void setxattr(Fd file, String name, byte[] value) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> file + ", " + name + ", " + value.length + " bytes",
                    Syscall.SETXATTR,
                    path(scratch, file),
                    scratch.string(name),
                    scratch.bytes(value),
                    value.length,
                    0,
                    0);
        }
    }

    /** getxattr(2) on what {@code file} is open on; {@code ENODATA} if it has no such attribute. */
    public byte[] getxattr(Fd file, String name) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            long path = path(scratch, file);
            long nameAddress = scratch.string(name);
            int size = (int) check(() -> file + ", " + name, Syscall.GETXATTR, path, nameAddress, 0, 0, 0, 0);
            if (size == 0) {
                return new byte[0];
            }
            ByteBuffer value = scratch.buffer(size);
            int length = (int) check(
                    () -> file + ", " + name, Syscall.GETXATTR, path, nameAddress, Scratch.address(value), size, 0, 0);
            byte[] copy = new byte[length];
            value.get(0, copy);
            return copy;
        }
    }

    /** listxattr(2) on what {@code file} is open on: the names of its extended attributes. */
    public List<String> listxattr(Fd file) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            long path = path(scratch, file);
            int size = (int) check(file::toString, Syscall.LISTXATTR, path, 0, 0);
            List<String> names = new ArrayList<>(0);
            if (size == 0) {
                return names;
            }
            ByteBuffer buffer = scratch.buffer(Math.min(size + 1, XATTR_MAX_BYTES));
            int length =
                    (int) check(file::toString, Syscall.LISTXATTR, path, Scratch.address(buffer), buffer.capacity());
            for (int start = 0; start < length; ) {
                String name = text(buffer, start);
                names.add(name);
                start += name.getBytes(UTF_8).length + 1;
            }
            return names;
        }
    }

    /** fchmod(2); clears nothing but what {@code mode} leaves out. Not for {@code O_PATH}. */
    public void fchmod(Fd file, int mode) throws ErrnoException {
        check(() -> file + ", " + octal(mode), Syscall.FCHMOD, file.number(), mode, 0);
    }

    /** fchown(2); clears set-id bits and file capabilities, so do it before setting those. Not for {@code O_PATH}. */
    public void fchown(Fd file, int uid, int gid) throws ErrnoException {
        check(() -> file + ", " + uid + ", " + gid, Syscall.FCHOWN, file.number(), uid, gid);
    }

    /** syncfs(2): writes everything of the file system that {@code file} is on to the disk. */
    public void syncfs(Fd file) throws ErrnoException {
        check(file::toString, Syscall.SYNCFS, file.number(), 0, 0);
    }

    /**
     * sync_file_range(2): begins to write what was written to a file since {@code offset} to the disk, and does not
     * wait for it. Only {@link #syncfs} or fsync(2) make sure that it is there.
     */
    public void beginWriteback(Fd file, long offset) throws ErrnoException {
        check(
                () -> file + ", " + offset,
                Syscall.SYNC_FILE_RANGE,
                file.number(),
                offset,
                0,
                SYNC_FILE_RANGE_WRITE,
                0,
                0);
    }

    /**
     * copy_file_range(2) between the descriptors' offsets, which it moves. Shares blocks where the file system can.
     *
     * @return bytes copied, 0 at the end of {@code from}
     */
    public long copyFileRange(Fd from, Fd to, long bytes) throws ErrnoException {
        return check(
                () -> from + " to " + to + ", " + bytes + " bytes",
                Syscall.COPY_FILE_RANGE,
                from.number(),
                0,
                to.number(),
                0,
                bytes,
                0);
    }

    private static long path(Scratch scratch, Fd file) {
        return scratch.string("/proc/self/fd/" + file.number());
    }

    /** The NUL-terminated string at {@code start}. */
    private static String text(ByteBuffer buffer, int start) {
        int end = start;
        while (buffer.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - start];
        buffer.get(start, bytes);
        return new String(bytes, UTF_8);
    }
}
