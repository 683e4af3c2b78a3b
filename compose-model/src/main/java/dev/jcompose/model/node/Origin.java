package dev.jcompose.model.node;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way a value came to its place, as text: one line per step, the last step last. */
public final class Origin {
    private Origin() {}

    /** A way, and the step after it. */
    public static @Nullable String join(@Nullable String way, @Nullable String step) {
        if (way == null || step == null) {
            return way == null ? step : way;
        }
        return way.equals(step) || way.endsWith("\n" + step) ? way : way + "\n" + step;
    }

    /** The steps; empty for none. */
    public static List<String> steps(@Nullable String way) {
        return way == null ? List.of() : Arrays.asList(way.split("\n", -1));
    }

    /** All steps in one line. */
    public static @Nullable String inOneLine(@Nullable String way) {
        return way == null ? null : way.replace("\n", ", ");
    }
}
