package dev.jcompose.model.load;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.node.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a value of a loaded model came from.
 *
 * @param path of the value, {@code services.web.ports[0].target}
 * @param value the value: String, Long, Double, Boolean, null, or an empty list or mapping
 * @param location where it was written; {@link SourceLocation#NONE} for a default
 * @param origin how it came from there: extends, include, anchor, variable; null if it was simply written there
 */
public record Explanation(
        String path,
        @Nullable Object value,
        SourceLocation location,
        @Nullable String origin) {

    /**
     * The values at and below a path, in order.
     *
     * @param path keys separated by dots, indexes in brackets; a key may itself contain dots; empty for everything
     * @throws IllegalArgumentException if there is nothing at the path
     */
    public static List<Explanation> of(MappingNode model, String path) {
        List<Explanation> found = new ArrayList<>();
        Place place = find(new Place(model, NodePath.ROOT, null), path);
        if (place == null) {
            throw new IllegalArgumentException("nothing at \"" + path + "\"");
        }
        collect(place, found);
        return found;
    }

    /**
     * A value on the way.
     *
     * @param node the value
     * @param path its path
     * @param origin of it, or of what it is part of
     */
    private record Place(Node node, NodePath path, @Nullable String origin) {
        Place to(Node next, NodePath nextPath) {
            return new Place(next, nextPath, next.origin() == null ? origin : next.origin());
        }
    }

    private static @Nullable Place find(Place from, String rest) {
        if (rest.isEmpty()) {
            return from;
        }
        if (from.node instanceof SequenceNode list) {
            int close = rest.indexOf(']');
            if (!rest.startsWith("[") || close < 0 || !rest.substring(1, close).matches("[0-9]{1,9}")) {
                return null;
            }
            int index = Integer.parseInt(rest.substring(1, close));
            return index >= list.items().size()
                    ? null
                    : find(from.to(list.items().get(index), from.path.item(index)), tail(rest.substring(close + 1)));
        }
        return from.node instanceof MappingNode mapping ? member(from, mapping, rest) : null;
    }

    private static @Nullable Place member(Place from, MappingNode mapping, String rest) {
        for (Map.Entry<String, MappingNode.Entry> each : mapping.entries().entrySet()) {
            String key = each.getKey();
            if (rest.startsWith(key)
                    && (rest.length() == key.length() || ".[".indexOf(rest.charAt(key.length())) >= 0)) {
                Node value = each.getValue().value();
                Place found = find(from.to(value, from.path.child(key)), tail(rest.substring(key.length())));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static String tail(String rest) {
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }

    private static void collect(Place place, List<Explanation> found) {
        if (place.node instanceof MappingNode mapping && !mapping.keys().isEmpty()) {
            mapping.entries().forEach((key, entry) -> collect(place.to(entry.value(), place.path.child(key)), found));
        } else if (place.node instanceof SequenceNode list && !list.items().isEmpty()) {
            int index = 0;
            for (Node item : list.items()) {
                collect(place.to(item, place.path.item(index++)), found);
            }
        } else {
            found.add(new Explanation(place.path.toString(), place.node.plain(), place.node.location(), place.origin));
        }
    }

    /** {@code services.web.image: nginx compose.yaml:3:12, through ...}. */
    @Override
    public String toString() {
        String from = location.equals(SourceLocation.NONE) ? "default" : location.toString();
        return path + ": " + value + "    " + from + (origin == null ? "" : ", " + origin);
    }
}
