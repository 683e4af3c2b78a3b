package dev.jcompose.model.write;

import dev.jcompose.model.value.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping in the making, of plain values. What is unset (null, false, 0, empty) is left out, unless said otherwise.
 */
final class Tree {
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
    private final WriteOptions options;

    Tree(WriteOptions options) {
        this.options = options;
    }

    WriteOptions options() {
        return options;
    }

    Map<String, @Nullable Object> members() {
        return members;
    }

    /** Also null is written. */
    Tree always(String key, @Nullable Object value) {
        members.put(key, value);
        return this;
    }

    Tree text(String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            members.put(key, value);
        }
        return this;
    }

    /** Also false is written. */
    Tree bool(String key, @Nullable Boolean value) {
        if (value != null) {
            members.put(key, value);
        }
        return this;
    }

    Tree flag(String key, boolean value) {
        if (value) {
            members.put(key, true);
        }
        return this;
    }

    /** Also 0 is written. */
    Tree integer(String key, @Nullable Integer value) {
        if (value != null) {
            members.put(key, value.longValue());
        }
        return this;
    }

    Tree number(String key, long value) {
        if (value != 0) {
            members.put(key, value);
        }
        return this;
    }

    Tree number(String key, double value) {
        if (value != 0) {
            boolean whole = value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE;
            members.put(key, whole ? (Object) (long) value : (Object) value);
        }
        return this;
    }

    /** As text, which is how the reference has it. */
    Tree bytes(String key, long value) {
        if (value != 0) {
            members.put(key, String.valueOf(value));
        }
        return this;
    }

    Tree duration(String key, @Nullable Duration value) {
        if (value != null) {
            members.put(key, Durations.format(value));
        }
        return this;
    }

    Tree list(String key, Collection<?> values) {
        if (!values.isEmpty()) {
            members.put(key, new ArrayList<>(values));
        }
        return this;
    }

    Tree map(String key, Map<String, ?> values) {
        if (!values.isEmpty()) {
            members.put(key, new LinkedHashMap<>(values));
        }
        return this;
    }

    /** A nested mapping; written, though perhaps empty, unless the value is null. */
    <T> Tree object(String key, @Nullable T value, BiConsumer<T, Tree> writer) {
        if (value != null) {
            members.put(key, nested(value, writer));
        }
        return this;
    }

    <T> Tree objects(String key, Collection<T> values, BiConsumer<T, Tree> writer) {
        if (!values.isEmpty()) {
            List<Object> items = new ArrayList<>(values.size());
            values.forEach(value -> items.add(nested(value, writer)));
            members.put(key, items);
        }
        return this;
    }

    <T> Tree named(String key, Map<String, T> values, Function<T, @Nullable Object> writer) {
        if (!values.isEmpty()) {
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            values.forEach((name, value) -> named.put(name, writer.apply(value)));
            members.put(key, named);
        }
        return this;
    }

    <T> Map<String, @Nullable Object> nested(T value, BiConsumer<T, Tree> writer) {
        Tree tree = new Tree(options);
        writer.accept(value, tree);
        return tree.members;
    }

    Tree extensions(Map<String, @Nullable Object> extensions) {
        if (!options.referenceJson()) {
            members.putAll(extensions);
        }
        return this;
    }

    static String fileMode(int mode) {
        return "0" + Integer.toOctalString(mode);
    }
}
