package dev.jcompose.runtime.stdio;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import java.nio.file.Path;
import java.util.List;

/**
 * A container's standard output and error: two FIFOs in its run directory.
 *
 * <p>The container has them open for reading and writing, so that they keep what was written when the engine is gone,
 * and a write neither fails nor gets a {@code SIGPIPE} then; it only waits when 64 KiB have not been read. Anyone may
 * open them, so that {@code /dev/stdout} can be opened again by any user in the container; from outside, the mode of
 * the run directory keeps others away.
 */
public final class OutputFifos {
    /** What a monitor saves here when the container has ended. */
    public static final String STDOUT_REST = "stdout.rest";

    /** Likewise. */
    public static final String STDERR_REST = "stderr.rest";

    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";
    private static final int MODE = 0666;

    private final FileCalls files;
    private final Path runDirectory;

    /** The FIFOs in {@code runDirectory}, which may not be there. */
    public OutputFifos(FileCalls files, Path runDirectory) {
        this.files = files;
        this.runDirectory = runDirectory;
    }

    /** Makes the FIFOs, which must not be there. */
    public void create() throws ErrnoException {
        for (String name : List.of(STDOUT, STDERR)) {
            String path = path(name);
            files.mknodat(null, path, Fcntl.S_IFIFO | MODE, 0, 0);
            // The umask took bits away.
            files.fchmodat(null, path, MODE);
        }
    }

    /** The container's end of its standard output. */
    public Fd openStdoutForContainer() throws ErrnoException {
        return files.openat(null, path(STDOUT), Fcntl.O_RDWR, 0);
    }

    /** The container's end of its standard error. */
    public Fd openStderrForContainer() throws ErrnoException {
        return files.openat(null, path(STDERR), Fcntl.O_RDWR, 0);
    }

    /** The engine's end of the container's standard output. */
    public Fd openStdout() throws ErrnoException {
        return files.openat(null, path(STDOUT), Fcntl.O_RDONLY | Fcntl.O_NONBLOCK, 0);
    }

    /** The engine's end of the container's standard error. */
    public Fd openStderr() throws ErrnoException {
        return files.openat(null, path(STDERR), Fcntl.O_RDONLY | Fcntl.O_NONBLOCK, 0);
    }

    /** Removes the FIFOs and what a monitor saved; nothing happens when they are gone. */
    public void delete() throws ErrnoException {
        for (String name : List.of(STDOUT, STDERR, STDOUT_REST, STDERR_REST)) {
            try {
                files.unlinkat(null, path(name), 0);
            } catch (ErrnoException e) {
                if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR)) {
                    throw e;
                }
            }
        }
    }

    private String path(String name) {
        return runDirectory.resolve(name).toString();
    }
}
