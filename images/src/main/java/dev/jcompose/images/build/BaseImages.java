package dev.jcompose.images.build;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.Platform;
import java.io.IOException;
import java.util.function.Consumer;

/** Gets images that are not in the store. Thread-safe. */
@FunctionalInterface
public interface BaseImages {
    /**
     * The image as its registry has it now.
     *
     * @param output is given lines about the transfer
     */
    Image pull(ImageReference reference, Platform platform, Consumer<String> output) throws IOException;
}
