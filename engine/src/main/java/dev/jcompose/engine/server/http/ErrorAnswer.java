package dev.jcompose.engine.server.http;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import java.util.Locale;

/** Failures as Docker answers them: a status and {@code {"message":"..."}}, here with the kind beside it. */
public final class ErrorAnswer {
    private ErrorAnswer() {}

    /** The status for a kind of failure; 499 is nginx's for a client that gave up. */
    public static int status(EngineException.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT, QUESTION -> 409;
            case CANCELLED -> 499;
            case LOST, FAILED -> 500;
        };
    }

    /** The body. */
    public static JsonObject of(EngineException.Kind kind, String message) {
        return JsonObject.create()
                .put("message", message)
                .put("kind", kind.name().toLowerCase(Locale.ROOT));
    }
}
