package dev.jcompose.volumes;

import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_RDONLY;

import dev.jcompose.linux.DirectoryEntry;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerDirectory;
import dev.jcompose.linux.overlay.LayerStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives an empty volume what the image has where the volume is mounted, as Docker does on first use: content, and
 * owner, mode, times and attributes of the directory, also if that is empty. A volume that has anything in it is left
 * alone.
 *
 * <p>Files appear whole or not at all. What a crash interrupted is taken up again by the next call; files that are
 * there by then are kept. Thread-safe; one volume is filled by one thread at a time.
 */
public final class VolumeFill {
    private static final int LOCKS = 64;

    private final Linux linux;
    /** A few for all volumes: with one for each, those of volumes that are gone would stay. */
    private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

    public VolumeFill(Linux linux) {
        this.linux = linux;
    }

    /**
     * Fills the volume if it is empty.
     *
     * @param layers of the image, bottom first
     * @param path in the image, where the volume will be mounted; symbolic links are followed inside the image
     * @return whether the volume took over something: false if it was not empty, or the image has no directory there
     * @throws VolumeException if that failed
     */
    public boolean fill(Volume volume, List<Path> layers, String path) throws IOException {
        synchronized (locks.get(Math.floorMod(volume.data().hashCode(), LOCKS))) {
            try (Fd target = linux.files().openat(null, volume.data().toString(), O_RDONLY | O_DIRECTORY, 0)) {
                if (isInUse(target)) {
                    return false;
                }
                return fill(target, layers, path);
            } catch (IOException e) {
                throw new VolumeException(
                        "cannot fill volume '%s' from '%s' of the image: %s"
                                .formatted(volume.name(), path, e.getMessage()),
                        e);
            }
        }
    }

    private boolean fill(Fd target, List<Path> layers, String path) throws IOException {
        try (LayerStack stack = new LayerStack(linux, layers)) {
            Optional<LayerDirectory> found = stack.directory(path);
            if (found.isEmpty()) {
                return false;
            }
            try (LayerDirectory source = found.get()) {
                new TreeCopy(linux, target).copy(source);
            }
            return true;
        }
    }

    /** Whether anything is there, and no interrupted filling. */
    private boolean isInUse(Fd target) throws ErrnoException {
        List<DirectoryEntry> entries = linux.trees().list(target);
        return !entries.isEmpty()
                && entries.stream().noneMatch(entry -> entry.name().equals(TreeCopy.WORK));
    }
}
