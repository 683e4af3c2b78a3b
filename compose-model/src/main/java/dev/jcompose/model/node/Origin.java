package dev.jcompose.model.node;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way a value came to its place, as text: one line per step, the last step last. */
public final class Origin {
    /**
     * Characters; whoever reads on after that many learns nothing, and chains of hundreds of steps would fill the
     * memory.
     */
    private static final int LONGEST = 2_000;

    private static final String MORE = "\nand so on";

    private Origin() {}

    /** A way, and the step after it; of a long way only the beginning is kept. */
    public static @Nullable String join(@Nullable String way, @Nullable String step) {
        if (way == null || step == null) {
            return way == null ? step : way;
        }
        if (way.equals(step) || way.endsWith("\n" + step) || way.endsWith(MORE)) {
            return way;
        }
        return way + (way.length() < LONGEST ? "\n" + step : MORE);
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
