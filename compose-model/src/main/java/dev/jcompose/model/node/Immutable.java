package dev.jcompose.model.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Unmodifiable copies that keep the order and, unlike {@code List.copyOf} and {@code Map.copyOf}, may hold null. */
public final class Immutable {
    private Immutable() {}

    /** A copy of the list; the argument itself if it is one that {@code List.of} made. */
    public static <T> List<T> list(Collection<? extends T> source) {
        return source.isEmpty() ? List.of() : Collections.unmodifiableList(new ArrayList<>(source));
    }

    /** A copy of the map, in its order. */
    public static <K, V> Map<K, V> map(Map<? extends K, ? extends V> source) {
        return source.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(source));
    }

    /** A copy of the set, in its order. */
    public static <T> Set<T> set(Collection<? extends T> source) {
        return source.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(source));
    }
}
