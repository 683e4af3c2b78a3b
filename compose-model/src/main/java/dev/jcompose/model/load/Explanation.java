package dev.jcompose.model.load;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.Origin;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.node.SourceLocation;
import java.util.ArrayList;
import java.util.List;
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
        Place place = Place.find(model, path);
        if (place == null) {
            throw new IllegalArgumentException("nothing at \"" + path + "\"");
        }
        collect(place, found);
        return found;
    }

    private static void collect(Place place, List<Explanation> found) {
        if (place.node() instanceof MappingNode mapping && !mapping.keys().isEmpty()) {
            mapping.entries()
                    .forEach((key, entry) ->
                            collect(place.to(entry.value(), place.path().child(key)), found));
        } else if (place.node() instanceof SequenceNode list && !list.items().isEmpty()) {
            int index = 0;
            for (Node item : list.items()) {
                collect(place.to(item, place.path().item(index++)), found);
            }
        } else {
            found.add(new Explanation(
                    place.path().toString(),
                    place.node().plain(),
                    place.node().location(),
                    Origin.inOneLine(place.origin())));
        }
    }

    /** {@code services.web.image: nginx compose.yaml:3:12, through ...}. */
    @Override
    public String toString() {
        String from = location.equals(SourceLocation.NONE) ? "default" : location.toString();
        return path + ": " + value + "    " + from + (origin == null ? "" : ", " + origin);
    }
}
