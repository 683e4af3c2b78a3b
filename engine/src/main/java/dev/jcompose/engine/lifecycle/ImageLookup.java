package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.images.HostImage;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageConfig;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the image that a container was made from. */
public final class ImageLookup {
    private final ImageStore images;

    public ImageLookup(ImageStore images) {
        this.images = images;
    }

    /**
     * The image of that id.
     *
     * @param name as the service calls it, for the message
     * @throws IOException when it is not there any more
     */
    public Image byId(String id, @Nullable String name) throws IOException {
        return images.findById(id).orElseThrow(() -> gone(id, name));
    }

    /**
     * The image that a container was made from.
     *
     * @throws IOException when it is not there any more
     */
    public Image of(Container container) throws IOException {
        return byId(container.config().imageId(), container.service().image());
    }

    /** What that image's configuration says, which is found faster than the image. */
    public ImageConfig config(Container container) throws IOException {
        String id = container.config().imageId();
        return images.config(id).orElseThrow(() -> gone(id, container.service().image()));
    }

    private static IOException gone(String id, @Nullable String name) {
        return new IOException(
                "image " + (name == null ? id : "\"" + name + "\" (" + id + ")") + " is not here any more");
    }

    /**
     * The image of that name.
     *
     * @throws IOException when it is not there
     */
    Image byName(String name) throws IOException {
        return images.find(ImageReference.parse(name))
                .orElseThrow(() -> new IOException("image \"" + name + "\" is not here"));
    }

    /** The layers that are not this machine's own root file system; what that has is the host's data. */
    List<Path> ownLayers(Image image) {
        int below = image.isOnHost() ? HostImage.LAYERS : 0;
        return image.layers().subList(below, image.layers().size());
    }

    /** Whether this is {@code localhost/host}. */
    public boolean isHost(Image image) {
        return image.names().contains(HostImage.NAME);
    }

    /**
     * Directories of the host that its own image, and those made on it, need as well, because they are file systems of
     * their own; else none.
     */
    List<Path> mountsBelow(Image image) throws IOException {
        return image.isOnHost() ? images.host().mountsBelow() : List.of();
    }
}
