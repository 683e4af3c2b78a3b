package dev.jcompose.cli.output;

import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of Go's templates that {@code --format} is used with: {@code {{.Field}}}, {@code {{.Field.Part}}},
 * {@code {{json .}}}, {@code {{json .Field}}}, and {@code table} before them for columns that are separated by
 * {@code \t}.
 */
public final class Template {
    private static final Pattern ACTION = Pattern.compile("\\{\\{\\s*(json\\s+)?\\.([\\w.]*)\\s*}}");
    private static final int COLUMN_WIDTH = 10;

    private final String text;
    private final boolean table;

    /**
     * Parses one.
     *
     * @throws IllegalArgumentException if it has an action that is not supported
     */
    public Template(String text) {
        this.table = text.startsWith("table ");
        this.text = (table ? text.substring(6) : text).replace("\\t", "\t").replace("\\n", "\n");
        if (ACTION.matcher(this.text).replaceAll("").contains("{{")) {
            throw new IllegalArgumentException(
                    "template \"%s\": only {{.Field}} and {{json .}} are supported".formatted(text));
        }
    }

    /**
     * The lines for some objects.
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public String format(List<JsonObject> objects) {
        if (!table) {
            StringBuilder lines = new StringBuilder();
            objects.forEach(object -> lines.append(format(object)).append('\n'));
            return lines.toString();
        }
        String headings =
                ACTION.matcher(text).replaceAll(match -> match.group(2).toUpperCase(Locale.ROOT));
        Table lines = new Table(COLUMN_WIDTH, List.of(headings.split("\t", -1)));
        objects.forEach(object -> lines.row(List.of(format(object).split("\t", -1))));
        return lines.toString();
    }

    /** {@code IPAM.Driver} is the driver of what the object has as IPAM. */
    private static @Nullable Object member(JsonObject object, String path) {
        Object value = object;
        for (String name : path.split("\\.", -1)) {
            if (value instanceof JsonObject inner) {
                value = inner.members().get(name);
            } else {
                value = value instanceof Map<?, ?> map ? map.get(name) : null;
            }
        }
        return value;
    }

    private String format(JsonObject object) {
        return ACTION.matcher(text).replaceAll(match -> {
            String field = match.group(2);
            Object value = field.isEmpty() ? object : member(object, field);
            if (value == null) {
                throw new IllegalArgumentException("template: no field \"%s\"; there are %s"
                        .formatted(field, String.join(", ", object.members().keySet())));
            }
            boolean json = match.group(1) != null || !(value instanceof String);
            return Matcher.quoteReplacement(json ? Json.write(value) : value.toString());
        });
    }
}
