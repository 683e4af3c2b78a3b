package dev.jcompose.engine.state;

/** A state file that cannot be read or written. The message names the file. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
