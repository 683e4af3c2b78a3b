package dev.jcompose.images.build;

import dev.jcompose.images.build.context.SourceFile;
import java.nio.file.Path;

/** Something that {@code COPY} or {@code ADD} brings. */
sealed interface CopySource {
    /**
     * A file or directory of the source tree.
     *
     * @param strip how many parts of the path {@code --parents} leaves out
     */
    record Tree(SourceFile file, int strip) implements CopySource {}

    /** A here-document. */
    record Inline(String name, String content) implements CopySource {}

    /** @param mtimeSeconds 0 if the server does not say */
    record Remote(String name, Path file, long mtimeSeconds) implements CopySource {}

    /** A checkout of a repository, as a tar file that is the same for the same commit. */
    record Repository(Path tar) implements CopySource {}
}
