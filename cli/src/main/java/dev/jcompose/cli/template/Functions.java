package dev.jcompose.cli.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.problem.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a template may call: functions of text/template, and those that Docker adds. */
final class Functions {
    private static final int ANY = Integer.MAX_VALUE;

    /** How many arguments each takes; {@code and} and {@code or} are calculated where they are called. */
    private static final Map<String, Arity> ARITIES = new TreeMap<>(Map.ofEntries(
            Map.entry("and", new Arity(1, ANY)),
            Map.entry("or", new Arity(1, ANY)),
            Map.entry("not", new Arity(1, 1)),
            Map.entry("eq", new Arity(2, ANY)),
            Map.entry("ne", new Arity(2, 2)),
            Map.entry("lt", new Arity(2, 2)),
            Map.entry("le", new Arity(2, 2)),
            Map.entry("gt", new Arity(2, 2)),
            Map.entry("ge", new Arity(2, 2)),
            Map.entry("len", new Arity(1, 1)),
            Map.entry("index", new Arity(1, ANY)),
            Map.entry("slice", new Arity(1, 3)),
            Map.entry("print", new Arity(0, ANY)),
            Map.entry("println", new Arity(0, ANY)),
            Map.entry("printf", new Arity(1, ANY)),
            Map.entry("json", new Arity(1, 1)),
            Map.entry("split", new Arity(2, 2)),
            Map.entry("join", new Arity(2, 2)),
            Map.entry("title", new Arity(1, 1)),
            Map.entry("lower", new Arity(1, 1)),
            Map.entry("upper", new Arity(1, 1)),
            Map.entry("pad", new Arity(3, 3)),
            Map.entry("truncate", new Arity(2, 2))));

    private record Arity(int least, int most) {}

    private Functions() {}

    /** Makes sure that there is such a function and that it takes so many arguments. */
    static void check(String function, int arguments, Place place) {
        Arity arity = ARITIES.get(function);
        if (arity == null) {
            throw place.problem(
                    "function \"%s\" is not known%s; there are %s",
                    function, Suggestion.hint(function, ARITIES.keySet()), String.join(", ", ARITIES.keySet()));
        }
        if (arguments < arity.least() || arguments > arity.most()) {
            String wanted = arity.most() == ANY
                    ? "at least " + arity.least()
                    : arity.least() == arity.most() ? "" + arity.least() : arity.least() + " to " + arity.most();
            throw place.problem("\"%s\" takes %s arguments, not %d", function, wanted, arguments);
        }
    }

    /** The value of a function for arguments of which there are enough. */
    static @Nullable Object call(String function, List<@Nullable Object> values, Place place) {
        boolean prints = function.startsWith("print");
        if (!prints) {
            for (Object value : values) {
                if (value instanceof Heading) {
                    // Over the column, there is the name of what the function is applied to.
                    return value;
                }
            }
        }
        return switch (function) {
            case "not" -> !Truth.of(values.get(0));
            case "eq" -> Comparison.isOneOf(values, place);
            case "ne" -> !Comparison.isOneOf(values, place);
            case "lt" -> Comparison.compare(values.get(0), values.get(1), place) < 0;
            case "le" -> Comparison.compare(values.get(0), values.get(1), place) <= 0;
            case "gt" -> Comparison.compare(values.get(0), values.get(1), place) > 0;
            case "ge" -> Comparison.compare(values.get(0), values.get(1), place) >= 0;
            case "len" -> length(values.get(0), place);
            case "index" -> index(values, place);
            case "slice" -> slice(values, place);
            case "print" -> print(values);
            case "println" -> values.stream().map(GoText::of).collect(Collectors.joining(" ")) + "\n";
            case "printf" -> Printf.format(text(values.get(0), place), values.subList(1, values.size()));
            case "json" -> Json.write(values.get(0));
            case "split" -> List.of(text(values.get(0), place).split(Pattern.quote(text(values.get(1), place)), -1));
            case "join" ->
                items(values.get(0), place).stream()
                        .map(GoText::of)
                        .collect(Collectors.joining(text(values.get(1), place)));
            case "title" -> title(text(values.get(0), place));
            case "lower" -> text(values.get(0), place).toLowerCase(Locale.ROOT);
            case "upper" -> text(values.get(0), place).toUpperCase(Locale.ROOT);
            case "pad" -> pad(text(values.get(0), place), number(values.get(1), place), number(values.get(2), place));
            case "truncate" -> truncate(text(values.get(0), place), number(values.get(1), place));
            default -> throw place.problem("function \"%s\" is not known", function);
        };
    }

    private static long length(@Nullable Object value, Place place) {
        if (value instanceof String text) {
            return text.getBytes(UTF_8).length;
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return items(value, place).size();
    }

    /** Of an object whose members are all texts, one that is missing is an empty text, as of labels in Go. */
    private static @Nullable Object index(List<@Nullable Object> values, Place place) {
        Object value = values.get(0);
        for (Object key : values.subList(1, values.size())) {
            Map<?, ?> map = value instanceof JsonObject object
                    ? object.members()
                    : value instanceof Map<?, ?> plain ? plain : null;
            if (map == null) {
                List<?> items = items(value, place);
                int index = number(key, place);
                if (index < 0 || index >= items.size()) {
                    throw place.problem("index %d is not in a list of %d", index, items.size());
                }
                value = items.get(index);
            } else {
                Object found = map.get(text(key, place));
                boolean ofTexts = map.values().stream().allMatch(String.class::isInstance);
                value = found == null && ofTexts ? "" : found;
            }
        }
        return value;
    }

    private static Object slice(List<@Nullable Object> values, Place place) {
        Object value = values.get(0);
        int length = (int) length(value, place);
        int from = values.size() > 1 ? number(values.get(1), place) : 0;
        int to = values.size() > 2 ? number(values.get(2), place) : length;
        if (from < 0 || to > length || from > to) {
            throw place.problem("%d to %d is not in a length of %d", from, to, length);
        }
        return value instanceof String text
                ? new String(text.getBytes(UTF_8), from, to - from, UTF_8)
                : items(value, place).subList(from, to);
    }

    /** With a blank between two of which neither is a text. */
    private static String print(List<@Nullable Object> values) {
        StringBuilder text = new StringBuilder();
        boolean wasText = true;
        for (Object value : values) {
            boolean isText = value instanceof String || value instanceof Heading;
            text.append(wasText || isText ? "" : " ").append(GoText.of(value));
            wasText = isText;
        }
        return text.toString();
    }

    private static String title(String text) {
        return Pattern.compile("\\b\\p{L}")
                .matcher(text)
                .replaceAll(match -> match.group().toUpperCase(Locale.ROOT));
    }

    private static String pad(String text, int before, int after) {
        return text.isEmpty() ? text : " ".repeat(Math.max(0, before)) + text + " ".repeat(Math.max(0, after));
    }

    private static String truncate(String text, int length) {
        return text.length() <= length ? text : text.substring(0, Math.max(0, length));
    }

    private static String text(@Nullable Object value, Place place) {
        if (value instanceof String || value instanceof Heading) {
            return value.toString();
        }
        throw place.problem("%s is no text", GoText.of(value));
    }

    private static int number(@Nullable Object value, Place place) {
        if (value instanceof Long || value instanceof Integer) {
            return Math.toIntExact(((Number) value).longValue());
        }
        throw place.problem("%s is no whole number", GoText.of(value));
    }

    private static List<?> items(@Nullable Object value, Place place) {
        if (value instanceof List<?> items) {
            return items;
        }
        throw place.problem("%s is no list", GoText.of(value));
    }
}
