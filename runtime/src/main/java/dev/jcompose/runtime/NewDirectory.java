package dev.jcompose.runtime;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.FileCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes directories with one system call where their parent exists, as it nearly always does. */
final class NewDirectory {
    private NewDirectory() {}

    /**
     * Makes a directory, and its parents where they are missing.
     *
     * @param mode permission bits of the directory itself, whatever the umask is
     * @return false if it was there
     */
    static boolean make(FileCalls files, Path path, int mode) throws IOException {
        try {
            files.mkdirat(null, path.toString(), mode);
            files.fchmodat(null, path.toString(), mode);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EEXIST)) {
                return false;
            }
            Path parent = path.toAbsolutePath().getParent();
            if (!e.is(Errno.ENOENT) || parent == null) {
                throw e;
            }
            Files.createDirectories(parent);
            return make(files, path, mode);
        }
    }
}
