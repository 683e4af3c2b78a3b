package dev.jcompose.runtime.container;

import java.nio.file.Path;
import java.util.List;

/**
 * A container's root file system: an overlay of its image's layers.
 *
 * @param lowerDirectories the image's layers, the bottom one first; at least one. May hold {@code /}
 * @param upper where the container's changes go; made when missing
 * @param work overlayfs's own directory, on the same file system as {@code upper}; made when missing
 * @param mountPoint where the overlay is mounted in the container's own mount namespace; made when missing. Nothing is
 *     ever mounted there in the host's
 * @param readOnly whether the root file system cannot be written; other mounts in it may still be
 */
public record RootfsSpec(List<Path> lowerDirectories, Path upper, Path work, Path mountPoint, boolean readOnly) {

    /** What overlayfs can stack. */
    public static final int MAX_LOWER_DIRECTORIES = 500;

    public RootfsSpec {
        lowerDirectories = List.copyOf(lowerDirectories);
        if (lowerDirectories.isEmpty() || lowerDirectories.size() > MAX_LOWER_DIRECTORIES) {
            throw new IllegalArgumentException(
                    "%d layers are not 1 to %d".formatted(lowerDirectories.size(), MAX_LOWER_DIRECTORIES));
        }
    }
}
