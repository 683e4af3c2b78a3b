package dev.jcompose.volumes;

import java.io.IOException;

/** Something with a volume or a mount is not as asked; the message is for the user. */
public final class VolumeException extends IOException {
    private static final long serialVersionUID = 1L;

    public VolumeException(String message) {
        super(message);
    }

    public VolumeException(String message, Throwable cause) {
        super(message, cause);
    }
}
