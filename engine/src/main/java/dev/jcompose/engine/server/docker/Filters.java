package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The {@code filters} of a query: {@code {"label":["a=b"],"status":["running"]}}, or in an older form
 * {@code {"label":{"a=b":true}}}. Values of one key are alternatives, but of labels all must match.
 */
record Filters(Map<String, List<String>> values) {
    private static final Set<String> KNOWN = Set.of("label", "status", "name", "id");

    /**
     * Reads them; an empty text has none.
     *
     * @throws EngineException of kind INVALID for a key that containers cannot be filtered by
     */
    static Filters parse(String text) {
        Map<String, List<String>> values = lists(text);
        for (String key : values.keySet()) {
            if (!KNOWN.contains(key)) {
                throw new EngineException(EngineException.Kind.INVALID, "invalid filter '%s'".formatted(key));
            }
        }
        return new Filters(values);
    }

    /** The values by key, in either form, whatever the keys are. */
    static Map<String, List<String>> lists(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (!text.isBlank() && Json.read(text) instanceof Map<?, ?> filters) {
            filters.forEach((key, value) -> values.put(String.valueOf(key), list(value)));
        }
        return values;
    }

    /**
     * A time: in seconds, in RFC 3339, or how long ago in hours, minutes and seconds.
     *
     * @throws EngineException of kind INVALID for another text
     */
    static Instant instant(String text, Instant now) {
        try {
            if (text.matches("[0-9]+(\\.[0-9]+)?")) {
                return Instant.ofEpochMilli((long) (Double.parseDouble(text) * 1000));
            }
            return text.matches("([0-9]+h)?([0-9]+m)?([0-9]+s)?")
                    ? now.minus(Duration.parse("PT" + text))
                    : Instant.parse(text);
        } catch (RuntimeException e) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "\"" + text + "\" is neither a time nor a duration", e);
        }
    }

    private static List<String> list(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Map<?, ?> older) {
            older.keySet().forEach(key -> texts.add(String.valueOf(key)));
        } else if (value instanceof Iterable<?> items) {
            items.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }

    /** Whether there is a filter of that key. */
    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether a container passes all filters. */
    boolean accepts(ContainerSummary container) {
        return values.getOrDefault("label", List.of()).stream().allMatch(label -> hasLabel(container, label))
                && anyOf("status", container.state()::equals)
                && anyOf("id", container.id()::startsWith)
                && anyOf("name", name -> ("/" + container.name()).contains(name));
    }

    private boolean anyOf(String key, Predicate<String> test) {
        return !has(key) || values.getOrDefault(key, List.of()).stream().anyMatch(test);
    }

    private static boolean hasLabel(ContainerSummary container, String label) {
        int equals = label.indexOf('=');
        return equals < 0
                ? container.labels().containsKey(label)
                : label.substring(equals + 1).equals(container.labels().get(label.substring(0, equals)));
    }
}
