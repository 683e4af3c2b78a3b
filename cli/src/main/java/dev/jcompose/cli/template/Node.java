package dev.jcompose.cli.template;

import dev.jcompose.engine.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A part of a template, which prints itself. */
sealed interface Node {

    /** Prints it for the values of a scope. */
    void print(Scope scope, StringBuilder out);

    /** Prints several, one after the other. */
    static void printAll(List<Node> nodes, Scope scope, StringBuilder out) {
        nodes.forEach(node -> node.print(scope, out));
    }

    /** What is outside of braces. */
    record Text(String text) implements Node {
        @Override
        public void print(Scope scope, StringBuilder out) {
            out.append(text);
        }
    }

    /** {@code {{.Name}}}. */
    record Output(Expression pipeline) implements Node {
        @Override
        public void print(Scope scope, StringBuilder out) {
            Object value = pipeline.value(scope);
            out.append(value == null ? "<no value>" : GoText.of(value));
        }
    }

    /** {@code {{$x := .Name}}} and {@code {{$x = .Name}}}, which print nothing. */
    record Assignment(String variable, boolean isNew, Expression pipeline) implements Node {
        @Override
        public void print(Scope scope, StringBuilder out) {
            Object value = pipeline.value(scope);
            if (isNew) {
                scope.declare(variable, value);
            } else {
                scope.assign(variable, value);
            }
        }
    }

    /**
     * {@code if}, and {@code with}, in which {@code .} is the value.
     *
     * @param variable for the value, as in {@code {{with $x := .Name}}}
     */
    record Condition(
            boolean isWith, @Nullable String variable, Expression pipeline, List<Node> nodes, List<Node> otherwise)
            implements Node {
        @Override
        public void print(Scope scope, StringBuilder out) {
            Object value = pipeline.value(scope);
            boolean truth = Truth.of(value);
            Scope inner = scope.inner(isWith && truth ? value : scope.dot());
            if (variable != null) {
                inner.declare(variable, value);
            }
            printAll(truth ? nodes : otherwise, inner, out);
        }
    }

    /**
     * {@code range} over a list, or over an object in the order of its names.
     *
     * @param key variable for the index or name
     * @param item variable for the item
     */
    record Range(
            @Nullable String key,
            @Nullable String item,
            Expression pipeline,
            List<Node> nodes,
            List<Node> otherwise,
            Place place)
            implements Node {
        @Override
        public void print(Scope scope, StringBuilder out) {
            Map<?, ?> entries = entries(pipeline.value(scope));
            entries.forEach((name, value) -> {
                Scope inner = scope.inner(value);
                if (key != null) {
                    inner.declare(key, name);
                }
                if (item != null) {
                    inner.declare(item, value);
                }
                printAll(nodes, inner, out);
            });
            if (entries.isEmpty()) {
                printAll(otherwise, scope, out);
            }
        }

        private Map<?, ?> entries(@Nullable Object value) {
            if (value == null || value instanceof Heading) {
                return Map.of();
            }
            Map<Object, @Nullable Object> entries = new TreeMap<>();
            if (value instanceof List<?> items) {
                items.forEach(found -> entries.put((long) entries.size(), found));
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((name, found) -> entries.put(String.valueOf(name), found));
            } else if (value instanceof JsonObject object) {
                entries.putAll(object.members());
            } else {
                throw place.problem("\"%s\" is no list to range over", GoText.of(value));
            }
            return entries;
        }
    }
}
