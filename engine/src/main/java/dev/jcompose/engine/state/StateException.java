package dev.jcompose.engine.state;

import dev.jcompose.engine.api.EngineException;

/** A state file that cannot be read or written, of kind {@link Kind#FAILED}. The message names the file. */
public final class StateException extends EngineException {
    private static final long serialVersionUID = 1L;

    public StateException(String message, Throwable cause) {
        super(Kind.FAILED, message, cause);
    }
}
