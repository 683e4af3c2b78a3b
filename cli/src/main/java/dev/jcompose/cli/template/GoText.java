package dev.jcompose.cli.template;

import dev.jcompose.engine.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values as Go prints them ({@code %v}). They are what {@link dev.jcompose.engine.json.Json} writes: texts, numbers,
 * truths, lists, maps, objects and null.
 */
final class GoText {
    private static final double LARGE = 1e21;
    private static final double SMALL = 1e-4;

    private GoText() {}

    /** The text: {@code [a b]} of a list, {@code map[a:1 b:2]} of a map, {@code {1 2}} of an object. */
    static String of(@Nullable Object value) {
        if (value == null) {
            return "<nil>";
        }
        if (value instanceof List<?> items) {
            return items.stream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map)
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + ":" + of(entry.getValue()))
                            .collect(Collectors.joining(" ", "map[", "]"));
        }
        if (value instanceof JsonObject object) {
            return object.members().values().stream().map(GoText::of).collect(Collectors.joining(" ", "{", "}"));
        }
        return value instanceof Double number ? of(number.doubleValue()) : value.toString();
    }

    private static String of(double number) {
        double size = Math.abs(number);
        if (!Double.isFinite(number) || size >= LARGE || (size != 0 && size < SMALL)) {
            return Double.toString(number)
                    .replaceFirst("\\.0E", "E")
                    .replace("E-", "e-")
                    .replace("E", "e+");
        }
        String text = new BigDecimal(Double.toString(number)).toPlainString();
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
