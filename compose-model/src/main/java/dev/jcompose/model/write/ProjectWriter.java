package dev.jcompose.model.write;

import dev.jcompose.model.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a project. Stateless. */
public final class ProjectWriter {
    private static final List<String> FIRST =
            List.of("name", "services", "networks", "volumes", "secrets", "configs", "models");

    private ProjectWriter() {}

    /** {@link #toYaml(Project, WriteOptions)} as {@code config} prints it. */
    public static String toYaml(Project project) {
        return toYaml(project, WriteOptions.CONFIG_YAML);
    }

    /** {@link #toJson(Project, WriteOptions)} with everything, for {@link ProjectReader#fromJson}. */
    public static String toJson(Project project) {
        return toJson(project, WriteOptions.COMPLETE);
    }

    /** The project as a YAML document; services, networks and attributes in the order of names. */
    public static String toYaml(Project project, WriteOptions options) {
        return YamlWriter.write(ordered(escaped(ProjectTree.of(project, options), options)));
    }

    /** As {@link #toYaml(Project, WriteOptions)}, with the keys that the project does not have. */
    public static String toYaml(Project project, WriteOptions options, NestedExtensions extensions) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        if (SortedTree.of(ProjectTree.of(project, options)) instanceof Map<?, ?> plain) {
            plain.forEach((key, value) -> tree.put(String.valueOf(key), value));
        }
        extensions.addTo(tree);
        return YamlWriter.write(ordered(escaped(tree, options)));
    }

    /** The project as an indented JSON document. */
    public static String toJson(Project project, WriteOptions options) {
        Object tree = escaped(ProjectTree.of(project, options), options);
        return options.complete() ? JsonWriter.compact(tree) : JsonWriter.indented(ordered(tree));
    }

    /** A model that was not bound, such as that of {@code config --no-interpolate}, as YAML. */
    public static String modelToYaml(@Nullable Object plainModel) {
        return YamlWriter.write(ordered(escaped(plainModel)));
    }

    /** A model that was not bound as JSON. */
    public static String modelToJson(@Nullable Object plainModel) {
        return JsonWriter.indented(ordered(escaped(plainModel)));
    }

    private static @Nullable Object escaped(@Nullable Object value, WriteOptions options) {
        return options.escapeDollars() ? escaped(value) : value;
    }

    private static @Nullable Object escaped(@Nullable Object value) {
        if (value instanceof String text) {
            return text.replace("$", "$$");
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ProjectWriter::escaped).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> escaped = new LinkedHashMap<>();
            map.forEach((key, member) -> escaped.put(String.valueOf(key), escaped(member)));
            return escaped;
        }
        return value;
    }

    /** Known top-level keys first, everything below by name. */
    private static @Nullable Object ordered(@Nullable Object model) {
        if (!(model instanceof Map<?, ?> map)) {
            return model;
        }
        Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
        for (String key : FIRST) {
            if (map.containsKey(key)) {
                ordered.put(key, SortedTree.of(map.get(key)));
            }
        }
        map.forEach((key, value) -> ordered.putIfAbsent(String.valueOf(key), SortedTree.of(value)));
        return ordered;
    }
}
