package dev.jcompose.network;

import java.io.IOException;

/** Something that a network cannot be or do, in words for the person who asked for it. */
public final class NetworkException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message what was tried, on what, and what is in the way; lower case, no full stop */
    public NetworkException(String message) {
        super(message);
    }

    /** @param cause the system call that failed */
    public NetworkException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
