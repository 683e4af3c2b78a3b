package dev.jcompose.engine.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with typed access to its members. A member that is null counts as missing. Filled with {@link #put},
 * then only read.
 */
public final class JsonObject {
    private final Map<String, @Nullable Object> members;

    private JsonObject(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** An empty one. */
    public static JsonObject create() {
        return new JsonObject(new LinkedHashMap<>());
    }

    /**
     * Reads one.
     *
     * @throws JsonFormatException if the text is anything else
     */
    public static JsonObject parse(String text) {
        return of(Json.read(text));
    }

    /**
     * Reads an array of them.
     *
     * @throws JsonFormatException if the text is anything else
     */
    public static List<JsonObject> parseAll(String text) {
        if (Json.read(text) instanceof List<?> items) {
            return items.stream().map(JsonObject::of).toList();
        }
        throw new JsonFormatException("expected an array");
    }

    @SuppressWarnings("unchecked") // the parser makes maps with string keys only
    private static JsonObject of(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return new JsonObject((Map<String, @Nullable Object>) map);
        }
        throw new JsonFormatException("expected an object, found " + Json.write(tree));
    }

    /** Adds a member, of a type that {@link Json#write} knows; a null is written as null. */
    public JsonObject put(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    /** All members in order. */
    public Map<String, @Nullable Object> members() {
        return Collections.unmodifiableMap(members);
    }

    /** Whether there is such a member and it is not null. */
    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** A text that must be there. */
    public String string(String name) {
        return required(name, String.class);
    }

    /** A text, or another when it is missing. */
    public String string(String name, String missing) {
        return has(name) ? string(name) : missing;
    }

    /** A text, or null when it is missing. */
    public @Nullable String stringOrNull(String name) {
        return has(name) ? string(name) : null;
    }

    /** A number without fraction that must be there. */
    public long number(String name) {
        return required(name, Long.class);
    }

    /** A number that fits in an int, or null when it is missing. */
    public @Nullable Integer integerOrNull(String name) {
        return has(name) ? integer(name, 0) : null;
    }

    /** A number that fits in an int, or another when it is missing. */
    public int integer(String name, int missing) {
        if (!has(name)) {
            return missing;
        }
        long number = number(name);
        if (number != (int) number) {
            throw new JsonFormatException("\"%s\" is too large: %d".formatted(name, number));
        }
        return (int) number;
    }

    /** A truth, false when it is missing. */
    public boolean flag(String name) {
        return has(name) && required(name, Boolean.class);
    }

    /** A time in ISO 8601, or null when it is missing. */
    public @Nullable Instant instantOrNull(String name) {
        return has(name) ? instant(name) : null;
    }

    /** A time in ISO 8601 that must be there. */
    public Instant instant(String name) {
        String text = string(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new JsonFormatException("\"%s\" is no time: \"%s\"".formatted(name, text), e);
        }
    }

    /** Texts, empty when it is missing. */
    public List<String> strings(String name) {
        return list(name).stream().map(item -> cast(name, item, String.class)).toList();
    }

    /** Objects, empty when it is missing. */
    public List<JsonObject> objects(String name) {
        return list(name).stream().map(JsonObject::of).toList();
    }

    /** An object, empty when it is missing. */
    public JsonObject object(String name) {
        return has(name) ? of(members.get(name)) : create();
    }

    /** Texts by name, in order, empty when it is missing. */
    public Map<String, String> stringMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name).members.forEach((key, value) -> texts.put(key, cast(name, value, String.class)));
        return texts;
    }

    private List<?> list(String name) {
        return has(name) ? required(name, List.class) : List.of();
    }

    private <T> T required(String name, Class<T> type) {
        Object value = members.get(name);
        if (value == null) {
            throw new JsonFormatException("\"%s\" is missing".formatted(name));
        }
        return cast(name, value, type);
    }

    private static <T> T cast(String name, @Nullable Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new JsonFormatException("\"%s\" is not of type %s: %s"
                    .formatted(name, type.getSimpleName().toLowerCase(Locale.ROOT), Json.write(value)));
        }
        return type.cast(value);
    }

    /** The object on one line. */
    @Override
    public String toString() {
        return Json.write(members);
    }
}
