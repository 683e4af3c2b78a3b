package dev.jcompose.engine.image;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import java.io.IOException;
import java.util.Optional;

/** Finds what a user calls an image. */
public final class ImageFinder {
    private final ImageStore store;

    public ImageFinder(ImageStore store) {
        this.store = store;
    }

    /**
     * The image of that reference, id, or beginning of an id.
     *
     * @throws EngineException of kind NOT_FOUND if there is none
     */
    public Image find(String text) throws IOException {
        Optional<Image> named = isReference(text) ? store.find(ImageReference.parse(text)) : Optional.empty();
        return named.or(() -> byId(text))
                .orElseThrow(() -> new EngineException(Kind.NOT_FOUND, "No such image: " + text));
    }

    /** Whether the text names the image by one of its names, and not by its id. */
    public boolean isNameOf(String text, Image image) {
        if (!isReference(text)) {
            return false;
        }
        ImageReference reference = ImageReference.parse(text);
        return image.names().contains(reference)
                || image.repoDigests().contains(reference)
                || reference.digest() != null;
    }

    private Optional<Image> byId(String text) {
        try {
            return text.matches("(sha256:)?[0-9a-f]{4,64}") ? store.findById(text) : Optional.empty();
        } catch (IOException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isReference(String text) {
        try {
            ImageReference.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Reads a reference.
     *
     * @throws EngineException of kind INVALID
     */
    public static ImageReference reference(String text) {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }
}
