package dev.jcompose.images.layer;

import java.io.IOException;

/** A layer that is damaged, or tries what a layer must not do; the message names the entry. */
public final class LayerException extends IOException {
    private static final long serialVersionUID = 1L;

    public LayerException(String message) {
        super(message);
    }

    public LayerException(String message, Throwable cause) {
        super(message, cause);
    }
}
