package dev.jcompose.runtime.stdio;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.linux.Scratch;
import dev.jcompose.linux.Stat;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A terminal in a running container's own devpts, made from outside. The container is hostile and may have put anything
 * at {@code /dev/pts/ptmx}: it is opened without following links and looked at before it is used, and the other side is
 * had from the kernel and not by a path (CVE-2025-52565).
 *
 * @param master the engine's side
 * @param slave the process's standard streams
 */
public record ContainerTerminal(Fd master, Fd slave) implements AutoCloseable {
    private static final long DEVPTS_SUPER_MAGIC = 0x1cd1;
    private static final int PTMX_INODE = 2;
    private static final int PTMX_MAJOR = 5;
    private static final int PTMX_MINOR = 2;
    private static final long TIOCSPTLCK = 0x40045431;
    private static final long TIOCGPTPEER = 0x5441;
    private static final int INSIDE = Fcntl.RESOLVE_IN_ROOT | Fcntl.RESOLVE_NO_SYMLINKS | Fcntl.RESOLVE_NO_MAGICLINKS;

    /**
     * Makes one.
     *
     * @param root the container's root
     * @param uid who owns it
     * @throws IOException if the container has no proper devpts
     */
    public static ContainerTerminal open(FileCalls files, Fd root, int uid) throws IOException {
        try (Fd ptmx = files.openat2(root, "dev/pts/ptmx", Fcntl.O_PATH | Fcntl.O_NOFOLLOW, 0, INSIDE)) {
            requirePtmx(files, ptmx);
            Fd master = files.openat(null, ptmx.procPath().toString(), Fcntl.O_RDWR | Fcntl.O_NOCTTY, 0);
            try (Scratch scratch = Scratch.open()) {
                ByteBuffer unlocked = scratch.buffer(Integer.BYTES);
                files.ioctl(master, TIOCSPTLCK, Scratch.address(unlocked));
                ContainerTerminal terminal = new ContainerTerminal(master, openSlave(files, master));
                terminal.give(files, uid);
                return terminal;
            } catch (ErrnoException e) {
                master.close();
                throw e;
            }
        }
    }

    /** The other side of a master, from the kernel and not by a path; the caller closes it. */
    public static Fd openSlave(FileCalls files, Fd master) throws ErrnoException {
        return files.adopt(files.ioctl(master, TIOCGPTPEER, Fcntl.O_RDWR | Fcntl.O_NOCTTY | Fcntl.O_CLOEXEC));
    }

    private static void requirePtmx(FileCalls files, Fd ptmx) throws IOException {
        Stat stat = files.statx(ptmx, "", Fcntl.AT_EMPTY_PATH);
        if (files.filesystemType(ptmx) != DEVPTS_SUPER_MAGIC
                || !stat.isType(Fcntl.S_IFCHR)
                || stat.inode() != PTMX_INODE
                || stat.rdevMajor() != PTMX_MAJOR
                || stat.rdevMinor() != PTMX_MINOR) {
            throw new IOException("/dev/pts/ptmx in the container is not a devpts file system's");
        }
    }

    private void give(FileCalls files, int uid) throws ErrnoException {
        files.fchownat(slave, "", uid, -1, Fcntl.AT_EMPTY_PATH);
    }

    @Override
    public void close() {
        master.close();
        slave.close();
    }
}
