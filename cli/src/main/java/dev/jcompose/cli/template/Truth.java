package dev.jcompose.cli.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What counts as true: all that is not nothing. */
final class Truth {
    private Truth() {}

    /** Of a value: false, zero, nil and what is empty are not. */
    static boolean of(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof List<?> items) {
            return !items.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return value != null && !value.equals("");
    }
}
