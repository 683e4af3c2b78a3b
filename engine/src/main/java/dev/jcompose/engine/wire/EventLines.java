package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.json.JsonFormatException;
import dev.jcompose.engine.json.JsonObject;
import java.util.Locale;

/**
 * The answer of an operation under {@code /compose}: one JSON object per line, each an event, the last one
 * {@code {"done":true}} or {@code {"error":{"kind":"conflict","message":"..."}}}.
 */
public final class EventLines {
    private EventLines() {}

    /** The last line of an operation that succeeded. */
    public static JsonObject done() {
        return JsonObject.create().put("done", true);
    }

    /** The last line of an operation that failed. */
    public static JsonObject failed(EngineException.Kind kind, String message) {
        return JsonObject.create()
                .put(
                        "error",
                        JsonObject.create()
                                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                                .put("message", message)
                                .members());
    }

    /** An event as one line. */
    public static JsonObject write(Event event) {
        return JsonObject.create()
                .put("time", event.time())
                .put("resource", event.resource().name().toLowerCase(Locale.ROOT))
                .put("project", event.project())
                .put("id", event.id())
                .put("name", event.name())
                .put("action", event.action())
                .put("status", event.status().name().toLowerCase(Locale.ROOT))
                .put("detail", event.detail())
                .put("attributes", event.attributes());
    }

    /**
     * Handles one line.
     *
     * @return true when it was the last
     * @throws EngineException if it says that the operation failed
     * @throws JsonFormatException if it is none of ours
     */
    public static boolean read(JsonObject line, EventListener listener) {
        if (line.flag("done")) {
            return true;
        }
        if (line.has("error")) {
            JsonObject error = line.object("error");
            throw new EngineException(kind(error.string("kind", "failed")), error.string("message"));
        }
        listener.on(event(line));
        return false;
    }

    private static Event event(JsonObject line) {
        return new Event(
                line.instant("time"),
                constant(Event.Resource.class, line.string("resource")),
                line.string("project"),
                line.string("id"),
                line.string("name"),
                line.string("action"),
                constant(Event.Status.class, line.string("status")),
                line.string("detail"),
                line.stringMap("attributes"));
    }

    /** The kind of that name in any case; a name that this build does not know is a plain failure. */
    public static EngineException.Kind kind(String name) {
        try {
            return constant(EngineException.Kind.class, name);
        } catch (JsonFormatException e) {
            return EngineException.Kind.FAILED;
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new JsonFormatException(
                    "no such %s: \"%s\"".formatted(type.getSimpleName().toLowerCase(Locale.ROOT), name), e);
        }
    }
}
