package dev.jcompose.linux;

import static dev.jcompose.linux.Fcntl.O_CLOEXEC;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files and directories. A null {@code directory} means the working directory ({@code AT_FDCWD}); descriptors that
 * these calls make are close-on-exec.
 */
public final class FileCalls extends Calls {
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_BYTES = 256;
    private static final int STATFS_BYTES = 120;
    private static final int PATH_MAX = 4096;
    private static final int XATTR_MAX_BYTES = 64 * 1024;
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int MFD_EXEC = 0x10;

    FileCalls(Kernel kernel) {
        super(kernel);
    }

    /** openat(2) with {@code O_CLOEXEC}; {@code mode} is used with {@code O_CREAT} only. */
    public Fd openat(@Nullable Fd directory, String path, int flags, int mode) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            return fd(check(
                    () -> show(directory, path) + ", " + hex(flags) + ", " + octal(mode),
                    Syscall.OPENAT,
                    directory(directory),
                    scratch.string(path),
                    flags | O_CLOEXEC,
                    mode,
                    0,
                    0));
        }
    }

    /**
     * openat2(2) with {@code O_CLOEXEC}; {@code resolve} is of {@code RESOLVE_*}. Retried on its own {@code EAGAIN}.
     */
    public Fd openat2(@Nullable Fd directory, String path, int flags, int mode, int resolve) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer how = scratch.buffer(24);
            how.putLong(0, flags | O_CLOEXEC).putLong(8, mode).putLong(16, resolve);
            for (int attempt = 0; ; attempt++) {
                try {
                    return fd(check(
                            () -> show(directory, path) + ", " + hex(flags) + ", " + octal(mode) + ", resolve "
                                    + hex(resolve),
                            Syscall.OPENAT2,
                            directory(directory),
                            scratch.string(path),
                            Scratch.address(how),
                            24,
                            0,
                            0));
                } catch (ErrnoException e) {
                    // A rename elsewhere raced with a ".." in the path: the man page says to try again.
                    if (!e.is(Errno.EAGAIN) || attempt == 16) {
                        throw e;
                    }
                }
            }
        }
    }

    /** read(2) into a direct buffer from its position to its limit; moves the position. 0 at the end of the file. */
    public int read(Fd fd, ByteBuffer direct) throws ErrnoException {
        int count = (int) check(
                () -> fd + ", " + direct.remaining() + " bytes",
                Syscall.READ,
                fd.number(),
                Scratch.address(direct) + direct.position(),
                direct.remaining());
        direct.position(direct.position() + count);
        return count;
    }

    /** write(2) from a direct buffer's position to its limit; moves the position by what was written. */
    public int write(Fd fd, ByteBuffer direct) throws ErrnoException {
        int count = (int) check(
                () -> named(fd) + ", " + direct.remaining() + " bytes",
                Syscall.WRITE,
                fd.number(),
                Scratch.address(direct) + direct.position(),
                direct.remaining());
        direct.position(direct.position() + count);
        return count;
    }

    /** With the path, for whoever has to make room on its disk. */
    private static String named(Fd fd) {
        try {
            return fd + " " + Files.readSymbolicLink(fd.procPath());
        } catch (IOException | RuntimeException e) {
            return fd.toString();
        }
    }

    /** write(2) until all of {@code bytes} is written. */
    public void writeFully(Fd fd, byte[] bytes) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer copy = scratch.buffer(Math.max(1, bytes.length));
            copy.put(0, bytes).limit(bytes.length);
            while (copy.hasRemaining()) {
                write(fd, copy);
            }
        }
    }

    /** mkdirat(2). The process's umask applies. */
    public void mkdirat(@Nullable Fd directory, String path, int mode) throws ErrnoException {
        path(Syscall.MKDIRAT, directory, path, mode, 0);
    }

    /** mknodat(2): {@code mode} holds the type; the device numbers count for {@code S_IFCHR} and {@code S_IFBLK}. */
    public void mknodat(@Nullable Fd directory, String path, int mode, int major, int minor) throws ErrnoException {
        path(Syscall.MKNODAT, directory, path, mode, makedev(major, minor));
    }

    /** unlinkat(2); {@code flags} may hold {@link Fcntl#AT_REMOVEDIR}. */
    public void unlinkat(@Nullable Fd directory, String path, int flags) throws ErrnoException {
        path(Syscall.UNLINKAT, directory, path, flags, 0);
    }

    /** fchmodat(2); follows symbolic links. */
    public void fchmodat(@Nullable Fd directory, String path, int mode) throws ErrnoException {
        path(Syscall.FCHMODAT, directory, path, mode, 0);
    }

    /** fchownat(2); an id of -1 leaves that one as it is. */
    public void fchownat(@Nullable Fd directory, String path, int uid, int gid, int flags) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> show(directory, path) + ", " + uid + ", " + gid + ", " + hex(flags),
                    Syscall.FCHOWNAT,
                    directory(directory),
                    scratch.string(path),
                    uid,
                    gid,
                    flags,
                    0);
        }
    }

    /** symlinkat(2). */
    public void symlinkat(String target, @Nullable Fd directory, String path) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> target + ", " + show(directory, path),
                    Syscall.SYMLINKAT,
                    scratch.string(target),
                    directory(directory),
                    scratch.string(path));
        }
    }

    /** linkat(2). */
    public void linkat(@Nullable Fd oldDirectory, String oldPath, @Nullable Fd directory, String path, int flags)
            throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> show(oldDirectory, oldPath) + ", " + show(directory, path),
                    Syscall.LINKAT,
                    directory(oldDirectory),
                    scratch.string(oldPath),
                    directory(directory),
                    scratch.string(path),
                    flags,
                    0);
        }
    }

    /** renameat2(2). */
    public void renameat2(@Nullable Fd oldDirectory, String oldPath, @Nullable Fd directory, String path, int flags)
            throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> show(oldDirectory, oldPath) + ", " + show(directory, path) + ", " + hex(flags),
                    Syscall.RENAMEAT2,
                    directory(oldDirectory),
                    scratch.string(oldPath),
                    directory(directory),
                    scratch.string(path),
                    flags,
                    0);
        }
    }

    /** readlinkat(2); an empty path reads the link that {@code directory} itself is (opened with {@code O_PATH}). */
    public String readlinkat(@Nullable Fd directory, String path) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer target = scratch.buffer(PATH_MAX);
            int length = (int) check(
                    () -> show(directory, path),
                    Syscall.READLINKAT,
                    directory(directory),
                    scratch.string(path),
                    Scratch.address(target),
                    PATH_MAX,
                    0,
                    0);
            return text(target, 0, length);
        }
    }

    /** statx(2) with the basic fields; {@code flags} are of {@code AT_*}. */
    public Stat statx(@Nullable Fd directory, String path, int flags) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer s = scratch.buffer(STATX_BYTES);
            check(
                    () -> show(directory, path) + ", " + hex(flags),
                    Syscall.STATX,
                    directory(directory),
                    scratch.string(path),
                    flags,
                    STATX_BASIC_STATS,
                    Scratch.address(s),
                    0);
            return new Stat(
                    s.getShort(28) & 0xffff,
                    s.getInt(16),
                    s.getInt(20),
                    s.getInt(24),
                    s.getLong(32),
                    s.getLong(40),
                    s.getLong(112),
                    s.getInt(120),
                    s.getInt(128),
                    s.getInt(132),
                    s.getInt(136),
                    s.getInt(140));
        }
    }

    /** fstatfs(2): the magic number of the file system that holds the file, see {@code linux/magic.h}. */
    public long filesystemType(Fd fd) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer statfs = scratch.buffer(STATFS_BYTES);
            check(fd::toString, Syscall.FSTATFS, fd.number(), Scratch.address(statfs), 0);
            return statfs.getLong(0);
        }
    }

    /** utimensat(2): sets both access and modification time. */
    public void utimensat(@Nullable Fd directory, String path, long seconds, int nanos, int flags)
            throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer times = scratch.buffer(32);
            times.putLong(0, seconds).putLong(8, nanos).putLong(16, seconds).putLong(24, nanos);
            check(
                    () -> show(directory, path) + ", " + seconds + "s",
                    Syscall.UTIMENSAT,
                    directory(directory),
                    scratch.string(path),
                    Scratch.address(times),
                    flags,
                    0,
                    0);
        }
    }

    /** lsetxattr(2): sets an extended attribute without following a symbolic link at the end. */
    public void lsetxattr(String path, String name, byte[] value) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> path + ", " + name + ", " + value.length + " bytes",
                    Syscall.LSETXATTR,
                    scratch.string(path),
                    scratch.string(name),
                    scratch.bytes(value),
                    value.length,
                    0,
                    0);
        }
    }

    /** lgetxattr(2). */
    public byte[] lgetxattr(String path, String name) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer value = scratch.buffer(XATTR_MAX_BYTES);
            int length = (int) check(
                    () -> path + ", " + name,
                    Syscall.LGETXATTR,
                    scratch.string(path),
                    scratch.string(name),
                    Scratch.address(value),
                    XATTR_MAX_BYTES,
                    0,
                    0);
            byte[] copy = new byte[length];
            value.get(0, copy);
            return copy;
        }
    }

    /** llistxattr(2): the names of a file's extended attributes. */
    public List<String> llistxattr(String path) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer names = scratch.buffer(XATTR_MAX_BYTES);
            int length = (int) check(
                    () -> path, Syscall.LLISTXATTR, scratch.string(path), Scratch.address(names), XATTR_MAX_BYTES);
            List<String> found = new ArrayList<>();
            int start = 0;
            for (int i = 0; i < length; i++) {
                if (names.get(i) == 0) {
                    found.add(text(names, start, i - start));
                    start = i + 1;
                }
            }
            return found;
        }
    }

    /** ftruncate(2). */
    public void ftruncate(Fd fd, long bytes) throws ErrnoException {
        check(() -> fd + ", " + bytes, Syscall.FTRUNCATE, fd.number(), bytes, 0);
    }

    /** fsync(2). */
    public void fsync(Fd fd) throws ErrnoException {
        check(fd::toString, Syscall.FSYNC, fd.number(), 0, 0);
    }

    /** fcntl(2) with an integer argument, for the commands of {@link Fcntl}. */
    public int fcntl(Fd fd, int command, long argument) throws ErrnoException {
        return (int) check(() -> fd + ", " + command + ", " + argument, Syscall.FCNTL, fd.number(), command, argument);
    }

    /** A duplicate with a number of at least {@code lowest}: fcntl(2) with {@code F_DUPFD_CLOEXEC}. */
    public Fd duplicate(Fd fd, int lowest) throws ErrnoException {
        return fd(fcntl(fd, Fcntl.F_DUPFD_CLOEXEC, lowest));
    }

    /** ioctl(2) with the address of a structure, or a plain number, as its argument. */
    public int ioctl(Fd fd, long request, long argument) throws ErrnoException {
        return (int) check(() -> fd + ", " + hex(request), Syscall.IOCTL, fd.number(), request, argument);
    }

    /**
     * memfd_create(2) of a file that can be executed and sealed. Falls back where {@code MFD_EXEC} (6.3) is unknown.
     */
    public Fd memfdCreate(String name) throws ErrnoException {
        int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
        try (Scratch scratch = Scratch.open()) {
            long address = scratch.string(name);
            try {
                return fd(check(() -> name, Syscall.MEMFD_CREATE, address, flags | MFD_EXEC, 0));
            } catch (ErrnoException e) {
                if (!e.is(Errno.EINVAL)) {
                    throw e;
                }
                return fd(check(() -> name, Syscall.MEMFD_CREATE, address, flags, 0));
            }
        }
    }

    /** Takes over a descriptor that something else opened, for example one received over a socket. */
    public Fd adopt(int number) {
        return fd(number);
    }

    /** The kernel's 32-bit encoding of a device number, as mknodat(2) takes it. */
    public static long makedev(int major, int minor) {
        return (minor & 0xff) | ((major & 0xfffL) << 8) | ((minor & ~0xffL) << 12);
    }

    private void path(Syscall syscall, @Nullable Fd directory, String path, long argument, long second)
            throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> show(directory, path) + ", 0" + Long.toOctalString(argument),
                    syscall,
                    directory(directory),
                    scratch.string(path),
                    argument,
                    second,
                    0,
                    0);
        }
    }

    private static String text(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
