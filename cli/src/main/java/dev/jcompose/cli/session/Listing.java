package dev.jcompose.cli.session;

import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.template.Template;
import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a listing prints, as its {@code --format} says: {@code table}, {@code json}, or a template.
 *
 * @param format null is a table
 * @param jsonArray whether JSON is one array, and not a line for each object
 * @param headings over columns of a template's table, by field, where it is not the field's name
 */
public record Listing(@Nullable String format, boolean jsonArray, Map<String, String> headings) {

    /** With JSON line by line, as Docker prints it. */
    public static Listing of(@Nullable String format, Map<String, String> headings) {
        return new Listing(format, false, headings);
    }

    /** With JSON as an array, as {@code docker compose ls} and {@code images} print it. */
    public static Listing ofArray(@Nullable String format, Map<String, String> headings) {
        return new Listing(format, true, headings);
    }

    /** The text; only what is asked for is made. */
    public String text(Supplier<Table> table, Supplier<List<JsonObject>> objects) {
        if (format == null || format.isEmpty() || format.equals("table")) {
            return table.get().toString();
        }
        if (jsonArray && !format.equals("json") && !format.contains("{{")) {
            throw new CommandException("unsupported format \"%s\"".formatted(format));
        }
        if (!format.equals("json")) {
            return new Template(format).format(objects.get(), headings);
        }
        return jsonArray
                ? Json.write(objects.get()) + "\n"
                : objects.get().stream().map(object -> object + "\n").collect(Collectors.joining());
    }

    /** Labels as listings have them: {@code a=b,c=d}, in the order of their names. */
    public static String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }
}
