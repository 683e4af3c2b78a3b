package dev.jcompose.images.archive;

import java.io.IOException;

/** An image archive that is damaged, incomplete or something else; the message says what is wrong with it. */
public final class ArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    public ArchiveException(String message) {
        super(message);
    }

    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
