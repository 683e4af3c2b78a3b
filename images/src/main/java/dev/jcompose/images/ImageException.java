package dev.jcompose.images;

import java.io.IOException;

/** Something about an image is not as asked; the message is for the user. */
public final class ImageException extends IOException {
    private static final long serialVersionUID = 1L;

    public ImageException(String message) {
        super(message);
    }

    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
