package dev.jcompose.model.schema;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mapping: with fixed keys, or with any keys of one pattern. {@code x-*} keys are always fine. */
final class MappingShape implements Shape {
    private final Map<String, Shape> fields = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private @Nullable Pattern keys;
    private @Nullable Shape values;

    /** Any keys, with values of one shape. */
    static MappingShape of(Shape values) {
        return of("", values);
    }

    /** Any keys that contain the pattern, with values of one shape. */
    static MappingShape of(String keyPattern, Shape values) {
        MappingShape shape = new MappingShape();
        shape.keys = Pattern.compile(keyPattern);
        shape.values = values;
        return shape;
    }

    MappingShape field(String name, Shape shape) {
        fields.put(name, shape);
        return this;
    }

    /** Several keys of one shape. */
    MappingShape fields(Shape shape, String... names) {
        for (String name : names) {
            fields.put(name, shape);
        }
        return this;
    }

    MappingShape require(String... names) {
        required.addAll(List.of(names));
        return this;
    }

    @Override
    public void check(Node node, NodePath path, List<Violation> violations) {
        if (!(node instanceof MappingNode mapping)) {
            violations.add(Violation.type(node, path, kinds()));
            return;
        }
        for (String name : required) {
            if (!mapping.has(name)) {
                violations.add(Violation.missing(node, path, name));
            }
        }
        mapping.entries().forEach((key, entry) -> {
            Shape shape = shapeOf(key);
            if (shape != null) {
                shape.check(entry.value(), path.child(key), violations);
            } else if (!key.startsWith("x-")) {
                violations.add(Violation.key(entry, path, key, hint(key, entry.value())));
            }
        });
    }

    private @Nullable Shape shapeOf(String key) {
        Shape field = fields.get(key);
        if (field == null && keys != null && keys.matcher(key).find()) {
            return values;
        }
        return field;
    }

    private @Nullable String hint(String key, Node value) {
        if (fields.containsKey("services")
                && value instanceof MappingNode service
                && (service.has("image") || service.has("build"))) {
            return "a service belongs below \"services:\"";
        }
        return keys != null ? "a name must match " + keys : Suggestion.of(key, new ArrayList<>(fields.keySet()));
    }

    @Override
    public List<String> kinds() {
        return List.of("mapping");
    }

    @Override
    public boolean fitsKind(Node node) {
        return node instanceof MappingNode;
    }
}
