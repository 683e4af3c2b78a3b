package dev.jcompose.engine.client;

import java.io.IOException;

/** The other end of a connection is not there any more: the engine has died, or was never there. */
final class LostEngineException extends IOException {
    private static final long serialVersionUID = 1L;

    LostEngineException(String message) {
        super(message);
    }

    LostEngineException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
