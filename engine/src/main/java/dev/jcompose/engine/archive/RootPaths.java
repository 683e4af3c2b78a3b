package dev.jcompose.engine.archive;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import java.util.ArrayList;
import java.util.List;

/** Opens paths below a container's root, and nothing else. */
final class RootPaths {
    private static final int INSIDE = Fcntl.RESOLVE_IN_ROOT | Fcntl.RESOLVE_NO_MAGICLINKS;
    private static final int DIRECTORY_MODE = 0755;

    private final FileCalls files;
    private final Fd root;

    RootPaths(FileCalls files, Fd root) {
        this.files = files;
        this.root = root;
    }

    /**
     * Without leading slashes and {@code .} parts; {@code .} for the root itself. Dots-dots are the kernel's affair.
     */
    static String relative(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? "." : String.join("/", parts);
    }

    /**
     * Opens with {@code O_PATH}.
     *
     * @param follow whether a symbolic link at the end is followed
     * @throws EngineException of kind {@code NOT_FOUND} when nothing is there
     */
    Fd open(String path, boolean follow) throws ErrnoException {
        try {
            return files.openat2(root, relative(path), Fcntl.O_PATH | (follow ? 0 : Fcntl.O_NOFOLLOW), 0, INSIDE);
        } catch (ErrnoException e) {
            throw missing(path, e);
        }
    }

    /**
     * Opens a directory, also behind a link, with {@code O_PATH}.
     *
     * @throws EngineException of kind {@code NOT_FOUND} when nothing is there
     */
    Fd directory(String path) throws ErrnoException {
        try {
            return files.openat2(root, relative(path), Fcntl.O_PATH | Fcntl.O_DIRECTORY, 0, INSIDE);
        } catch (ErrnoException e) {
            throw missing(path, e);
        }
    }

    private static ErrnoException missing(String path, ErrnoException e) {
        if (e.is(Errno.ENOENT)) {
            throw new EngineException(Kind.NOT_FOUND, "could not find the file " + path + " in the container", e);
        }
        if (e.is(Errno.ENOTDIR)) {
            throw new EngineException(Kind.INVALID, path + " in the container is not a directory", e);
        }
        return e;
    }

    /** Opens a directory, and makes it and those on the way if they are missing. */
    Fd directoryMade(String path) throws ErrnoException {
        try {
            return files.openat2(root, relative(path), Fcntl.O_PATH | Fcntl.O_DIRECTORY, 0, INSIDE);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw missing(path, e);
            }
        }
        String relative = relative(path);
        int slash = relative.lastIndexOf('/');
        try (Fd parent = slash < 0 ? directory(".") : directoryMade(relative.substring(0, slash))) {
            files.mkdirat(parent, relative.substring(slash + 1), DIRECTORY_MODE);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
        return directory(path);
    }
}
