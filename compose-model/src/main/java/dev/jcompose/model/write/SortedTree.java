package dev.jcompose.model.write;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A tree of plain values with every mapping sorted by key; lists keep their order, which may matter. */
public final class SortedTree {
    private SortedTree() {}

    /** Maps, lists and single values as they are written; null stays null. */
    public static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, member) -> sorted.put(String.valueOf(key), of(member)));
            return sorted;
        }
        return value instanceof List<?> list ? list.stream().map(SortedTree::of).toList() : value;
    }
}
