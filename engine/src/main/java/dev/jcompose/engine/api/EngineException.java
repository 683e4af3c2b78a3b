package dev.jcompose.engine.api;

import org.jspecify.annotations.Nullable;

/**
 * An operation of the engine that failed. The message is one for the user: what was tried, on what, and why it failed.
 */
public class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a caller can do about it. */
    public enum Kind {
        /** The request makes no sense: an unknown service, an impossible combination. */
        INVALID,
        /** No such container, image, project. */
        NOT_FOUND,
        /** The state does not allow it: not running, a port in use, a name taken. */
        CONFLICT,
        /** The user must say whether to go on, see {@link UpRequest.ChangedVolumes#ASK}; nothing has been done. */
        QUESTION,
        /** The caller gave up. */
        CANCELLED,
        /** The connection to the engine broke; what was asked for may have been done. */
        LOST,
        /** The kernel, the disk or the engine itself. */
        FAILED
    }

    private final Kind kind;

    public EngineException(Kind kind, String message) {
        this(kind, message, null);
    }

    public EngineException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether something broke, rather than that the engine declined what was asked for. */
    public boolean isFault() {
        return kind == Kind.FAILED || kind == Kind.LOST;
    }
}
