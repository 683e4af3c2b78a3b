package dev.jcompose.engine.json;

/** Text that is no JSON, or JSON that lacks a member or has one of the wrong type. */
public final class JsonFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonFormatException(String message) {
        super(message);
    }

    public JsonFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
