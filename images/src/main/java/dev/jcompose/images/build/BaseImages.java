package dev.jcompose.images.build;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.Platform;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** Gets images that are not in the store. Thread-safe. */
@FunctionalInterface
public interface BaseImages {
    /**
     * The image as its registry has it now.
     *
     * @param environment of the caller: how to get at registries
     * @param output is given lines about the transfer
     */
    Image pull(ImageReference reference, Platform platform, Map<String, String> environment, Consumer<String> output)
            throws IOException;
}
