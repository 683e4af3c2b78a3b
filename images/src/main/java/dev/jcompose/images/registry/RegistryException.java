package dev.jcompose.images.registry;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A registry did not do what it was asked; the message is for the user. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What a caller can do about it. */
    public enum Kind {
        /** No such repository, tag or blob. */
        NOT_FOUND,
        /** Not without a login, or not with this one. */
        DENIED,
        /** Too often. */
        LIMITED,
        /** It cannot be reached, or is out of order. */
        UNAVAILABLE,
        /** It sent something else than was asked for. */
        DAMAGED
    }

    private final Kind kind;

    public RegistryException(Kind kind, String message) {
        this(kind, message, null);
    }

    public RegistryException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same may succeed later, without anybody changing anything. */
    public boolean mayPass() {
        return kind == Kind.LIMITED || kind == Kind.UNAVAILABLE;
    }
}
