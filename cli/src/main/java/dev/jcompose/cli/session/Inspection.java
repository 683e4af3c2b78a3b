package dev.jcompose.cli.session;

import dev.jcompose.cli.template.Template;
import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.write.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code inspect} prints of objects. */
public final class Inspection {
    private Inspection() {}

    /**
     * The text.
     *
     * @param format null is JSON with a line for each member; {@code json}, on one line; a template
     */
    public static String of(@Nullable String format, List<JsonObject> found) {
        if (format == null || format.isEmpty()) {
            return JsonWriter.indented(Objects.requireNonNull(Json.read(Json.write(found)))) + "\n";
        }
        return format.equals("json") ? Json.write(found) + "\n" : new Template(format).format(found, Map.of());
    }
}
