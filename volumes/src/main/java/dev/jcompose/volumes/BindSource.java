package dev.jcompose.volumes;

import static dev.jcompose.linux.Fcntl.O_PATH;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prepares what is mounted from the host: sources of bind mounts, and directories within volumes. */
public final class BindSource {
    private static final int INSIDE = Fcntl.RESOLVE_BENEATH | Fcntl.RESOLVE_NO_MAGICLINKS;

    private final Linux linux;

    public BindSource(Linux linux) {
        this.linux = linux;
    }

    /**
     * Makes sure that a bind mount's source is there.
     *
     * @param source absolute; a file or directory, reached through symbolic links or not
     * @param createHostPath whether to make a directory of root's, mode 0755, where nothing is (Compose's
     *     {@code create_host_path}; the short syntax implies it)
     * @throws VolumeException if it is not there and must not or cannot be made
     */
    public void prepare(Path source, boolean createHostPath) throws VolumeException {
        if (!source.isAbsolute()) {
            throw new VolumeException("bind source path '" + source + "' is not absolute");
        }
        if (Files.exists(source)) {
            return;
        }
        if (Files.isSymbolicLink(source)) {
            throw new VolumeException("bind source path '" + source + "' is a dangling symbolic link");
        }
        if (!createHostPath) {
            throw new VolumeException("bind source path does not exist: " + source);
        }
        try {
            Files.createDirectories(source);
        } catch (FileAlreadyExistsException e) {
            throw new VolumeException(
                    "cannot create bind source path '%s': '%s' is not a directory".formatted(source, e.getFile()), e);
        } catch (IOException e) {
            throw new VolumeException("cannot create bind source path '%s': %s".formatted(source, e.getMessage()), e);
        }
    }

    /**
     * A file or directory within a volume ({@code subpath}). What a container has put there cannot lead out of it:
     * symbolic links that would are refused.
     *
     * @param subpath relative
     * @return where it really is, without symbolic links
     * @throws VolumeException if nothing is there, or it is outside of the volume
     */
    public Path within(Volume volume, String subpath) throws VolumeException {
        String what = "subpath '%s' of volume '%s'".formatted(subpath, volume.name());
        if (subpath.isEmpty() || subpath.startsWith("/")) {
            throw new VolumeException(what + " is not a relative path");
        }
        try (Fd root = linux.files().openat(null, volume.data().toString(), O_PATH | Fcntl.O_DIRECTORY, 0);
                Fd found = linux.files().openat2(root, subpath, O_PATH, 0, INSIDE)) {
            return Path.of(linux.files().readlinkat(null, found.procPath().toString()));
        } catch (ErrnoException e) {
            if (e.is(Errno.EXDEV)) {
                throw new VolumeException(what + " leads out of the volume", e);
            }
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                throw new VolumeException(what + " does not exist", e);
            }
            throw new VolumeException(what + ": " + e.getMessage(), e);
        }
    }
}
