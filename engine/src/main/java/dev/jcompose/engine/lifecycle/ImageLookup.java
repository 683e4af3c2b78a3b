package dev.jcompose.engine.lifecycle;

import dev.jcompose.images.Image;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds the image that a container was made from. */
@FunctionalInterface
public interface ImageLookup {

    /**
     * The image of that id.
     *
     * @param name as the service calls it, for the message
     * @throws IOException when it is not there any more
     */
    Image byId(String id, @Nullable String name) throws IOException;
}
