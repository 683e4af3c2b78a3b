package dev.jcompose.images.build;

import dev.jcompose.images.ImageReference;
import java.nio.file.Path;

/** What a name in {@code FROM} or {@code --from} stands for, given beside the Dockerfile. */
public sealed interface NamedContext {
    /** A directory of the host. */
    record Directory(Path path) implements NamedContext {}

    /** An image. */
    record OfImage(ImageReference reference) implements NamedContext {}
}
