package dev.jcompose.model.node;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules keyed by path pattern, such as {@code services.*.ports.*}: {@code *} is any key or any item. A walk over a tree
 * steps through the table alongside, so a lookup costs one hash access per level.
 *
 * <p>At a level with both a {@code *} and the key itself, the key itself is taken.
 *
 * @param <T> the rule
 */
public final class PathTable<T> {
    private final Map<String, PathTable<T>> next = new HashMap<>();
    private @Nullable T rule;

    /** Adds a rule; later ones replace earlier ones of the same pattern. */
    public PathTable<T> add(String pattern, T value) {
        PathTable<T> table = this;
        for (int start = 0; start <= pattern.length(); ) {
            int dot = pattern.indexOf('.', start);
            int end = dot < 0 ? pattern.length() : dot;
            table = table.next.computeIfAbsent(pattern.substring(start, end), key -> new PathTable<>());
            start = end + 1;
        }
        table.rule = value;
        return this;
    }

    /** The rule for this place, null if there is none. */
    public @Nullable T rule() {
        return rule;
    }

    /** The table for a key or, with {@code *}, an item; null if no pattern goes there. */
    public @Nullable PathTable<T> at(String key) {
        PathTable<T> exact = next.get(key);
        return exact != null ? exact : next.get("*");
    }

    /** The table below {@code table} for a key; null if either is. */
    public static <T> @Nullable PathTable<T> step(@Nullable PathTable<T> table, String key) {
        return table == null ? null : table.at(key);
    }

    /** The rule of {@code table}; null if either is. */
    public static <T> @Nullable T ruleOf(@Nullable PathTable<T> table) {
        return table == null ? null : table.rule;
    }
}
