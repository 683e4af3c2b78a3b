package dev.jcompose.model.cases;

import dev.jcompose.model.yaml.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds for a rendered model.
 *
 * @param path such as {@code services.a.ports[0].target}
 * @param absent true: there is nothing, or something empty, at the path
 * @param equals what is at the path
 */
record Fact(String path, boolean absent, @Nullable Object equals) {
    private static final Pattern STEP =
            Pattern.compile("\\.?([A-Za-z_][A-Za-z0-9_-]*)|\\[(\\d+)]|\\[\"((?:[^\"\\\\]|\\\\.)*)\"]");
    private static final Object MISSING = new Object();

    static Fact of(Map<String, @Nullable Object> json) {
        return new Fact(String.valueOf(json.get("path")), Boolean.TRUE.equals(json.get("absent")), json.get("equals"));
    }

    /** Null if it holds, else what is there instead. */
    @Nullable
    String violation(@Nullable Object model) {
        Object found = lookup(model);
        if (absent) {
            return isEmpty(found) ? null : path + ": wanted nothing, got " + found;
        }
        if (found != MISSING && same(found, equals)) {
            return null;
        }
        boolean command = path.matches(".*(command|entrypoint)$");
        boolean significant = command || path.matches(".*(\\.environment|\\.labels|\\.args)\\b.*");
        boolean mayBeMissing = command ? equals == null : (!significant && isEmpty(equals));
        if (found == MISSING && mayBeMissing) {
            return null;
        }
        return path + ": wanted " + equals + ", got " + (found == MISSING ? "<missing>" : found);
    }

    private static boolean same(@Nullable Object found, @Nullable Object wanted) {
        if (found instanceof Number a && wanted instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        return Objects.equals(found, wanted);
    }

    private static boolean isEmpty(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() == 0;
        }
        return value == MISSING
                || value == null
                || List.of(false, "", List.of(), Map.of()).contains(value);
    }

    private @Nullable Object lookup(@Nullable Object model) {
        Object current = model;
        for (Object step : steps()) {
            current = step instanceof Integer index ? item(current, index) : member(current, step);
        }
        return current;
    }

    private static @Nullable Object item(@Nullable Object value, int index) {
        return value instanceof List<?> list && index < list.size() ? list.get(index) : MISSING;
    }

    private static @Nullable Object member(@Nullable Object value, Object key) {
        return value instanceof Map<?, ?> map && map.containsKey(key) ? map.get(key) : MISSING;
    }

    private List<Object> steps() {
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = 0;
        while (at < path.length()) {
            if (!step.find(at) || step.start() != at) {
                throw new IllegalArgumentException("bad path: " + path);
            }
            if (step.group(2) != null) {
                steps.add(Integer.valueOf(step.group(2)));
            } else if (step.group(1) != null) {
                steps.add(step.group(1));
            } else {
                steps.add(String.valueOf(
                        JsonReader.read('"' + step.group(3) + '"').plain()));
            }
            at = step.end();
        }
        return steps;
    }
}
