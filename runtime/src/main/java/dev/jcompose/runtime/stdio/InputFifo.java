package dev.jcompose.runtime.stdio;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import java.nio.file.Path;

/**
 * A container's standard input: a FIFO in its run directory. A reader finds an end when nobody has it open for writing,
 * so who is to go on reading has it open for both.
 */
public final class InputFifo {
    private static final String STDIN = "stdin";
    private static final int MODE = 0600;

    private final FileCalls files;
    private final String path;

    /** The FIFO in {@code runDirectory}, which may not be there. */
    public InputFifo(FileCalls files, Path runDirectory) {
        this.files = files;
        this.path = runDirectory.resolve(STDIN).toString();
    }

    /** Makes it; it must not be there. */
    public void create() throws ErrnoException {
        files.mknodat(null, path, Fcntl.S_IFIFO | MODE, 0, 0);
    }

    /** The end of a container that never finds an end. */
    public Fd openKeptOpen() throws ErrnoException {
        return files.openat(null, path, Fcntl.O_RDWR, 0);
    }

    /** The end of a container that finds an end; somebody must have it open for writing. */
    public Fd openForReading() throws ErrnoException {
        return files.openat(null, path, Fcntl.O_RDONLY, 0);
    }

    /**
     * The engine's end, non-blocking.
     *
     * @throws ErrnoException {@code ENXIO} when nobody reads, {@code ENOENT} when there is none
     */
    public Fd openForWriting() throws ErrnoException {
        return files.openat(null, path, Fcntl.O_WRONLY | Fcntl.O_NONBLOCK, 0);
    }

    /** Removes it; nothing happens when it is gone. */
    public void delete() throws ErrnoException {
        try {
            files.unlinkat(null, path, 0);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR)) {
                throw e;
            }
        }
    }
}
