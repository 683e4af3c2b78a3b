package dev.jcompose.model.load;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.Origin;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A value of a model, with the way that it, or what it is part of, came there.
 *
 * @param node the value
 * @param path its path
 * @param origin see {@link Origin}
 */
record Place(Node node, NodePath path, @Nullable String origin) {

    /**
     * The value at a path; null if there is none.
     *
     * @param path keys separated by dots, indexes in brackets; a key may itself contain dots; empty for the model
     */
    static @Nullable Place find(MappingNode model, String path) {
        return find(new Place(model, NodePath.ROOT, model.origin()), path, null);
    }

    /** The problem with the whole way of its value. */
    static Problem complete(Problem problem, MappingNode model) {
        if (problem.path().isEmpty()) {
            return problem;
        }
        Place[] deepest = new Place[1];
        Place place = find(new Place(model, NodePath.ROOT, model.origin()), problem.path(), deepest);
        Place known = place == null ? deepest[0] : place;
        if (known == null || known.origin == null) {
            return problem;
        }
        String own = problem.origin();
        return own == null || known.origin.startsWith(own) ? problem.withOrigin(known.origin) : problem;
    }

    Place to(Node next, NodePath nextPath) {
        return new Place(next, nextPath, Origin.join(next.origin(), origin));
    }

    /** @param deepest gets the last value on the way, if it is not null */
    private static @Nullable Place find(Place from, String rest, Place @Nullable [] deepest) {
        if (deepest != null) {
            deepest[0] = from;
        }
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
                    : find(
                            from.to(list.items().get(index), from.path.item(index)),
                            tail(rest.substring(close + 1)),
                            deepest);
        }
        return from.node instanceof MappingNode mapping ? member(from, mapping, rest, deepest) : null;
    }

    /**
     * A key may contain dots: each beginning of the path that ends before a dot or bracket is tried, the shortest
     * first.
     */
    private static @Nullable Place member(Place from, MappingNode mapping, String rest, Place @Nullable [] deepest) {
        for (int end = separator(rest, 0); ; end = separator(rest, end + 1)) {
            String key = rest.substring(0, end);
            Node value = mapping.get(key);
            Place found = value == null
                    ? null
                    : find(from.to(value, from.path.child(key)), tail(rest.substring(end)), deepest);
            if (found != null || end == rest.length()) {
                return found;
            }
        }
    }

    /** The index of the next dot or bracket; the length if there is none. */
    private static int separator(String path, int start) {
        int at = start;
        while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
            at++;
        }
        return at;
    }

    private static String tail(String rest) {
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }
}
