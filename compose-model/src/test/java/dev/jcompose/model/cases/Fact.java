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
        return new Fact(
                String.valueOf(json.get("path")), Boolean.TRUE.equals(json.get("absent")), json.get("equals"));
    }

    /** Null if it holds, else what is there instead. */
    @Nullable String violation(@Nullable Object model) {
        Object found = lookup(model);
        if (absent) {
            return isEmpty(found) ? null : path + ": wanted nothing, got " + found;
        }
        if (found != MISSING && same(found, equals)) {
            return null;
        }
        boolean significant = path.matches(".*(\\.environment|\\.labels|\\.args)\\b.*|.*(command|entrypoint)$");
        boolean nullCommand = equals == null && path.matches(".*(command|entrypoint)$");
        if (found == MISSING && (nullCommand || !significant && isEmpty(equals))) {
            return null;
        }
        return path + ": wanted " + equals + ", got " + (found == MISSING ? "<missing>" : found);
    }

    private static boolean same(@Nullable Object found, @Nullable Object wanted) {
        return found instanceof Number a && wanted instanceof Number b
                ? a.doubleValue() == b.doubleValue()
                : Objects.equals(found, wanted);
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == MISSING
                || value == null
                || value.equals(false)
                || value.equals("")
                || value instanceof Number number && number.doubleValue() == 0
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    private @Nullable Object lookup(@Nullable Object model) {
        Object current = model;
        for (Object step : steps()) {
            if (step instanceof Integer index && current instanceof List<?> list && index < list.size()) {
                current = list.get(index);
            } else if (step instanceof String key && current instanceof Map<?, ?> map && map.containsKey(key)) {
                current = map.get(key);
            } else {
                return MISSING;
            }
        }
        return current;
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
