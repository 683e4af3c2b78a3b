package dev.jcompose.model.schema;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that does not fit.
 *
 * @param location where to point
 * @param path where in the model
 * @param text what is wrong, without the path
 * @param origin of the value
 * @param hint what to do
 */
record Violation(
        SourceLocation location,
        NodePath path,
        String text,
        @Nullable String origin,
        @Nullable String hint) {

    static Violation of(Node node, NodePath path, String text) {
        return new Violation(node.location(), path, text, node.origin(), null);
    }

    /** {@code must be a mapping}, {@code must be a boolean, null or string}, and what it is instead. */
    static Violation type(Node node, NodePath path, List<String> kinds) {
        return of(node, path, "must be a " + join(kinds)).withHint("this is " + article(node.kind()));
    }

    /** {@code a string}, {@code an array}. */
    static String article(String kind) {
        return ("aeiou".indexOf(kind.charAt(0)) < 0 ? "a " : "an ") + kind;
    }

    private static String join(List<String> kinds) {
        int last = kinds.size() - 1;
        return last == 0 ? kinds.get(0) : String.join(", ", kinds.subList(0, last)) + " or " + kinds.get(last);
    }

    Violation withHint(@Nullable String text) {
        return new Violation(location, path, this.text, origin, text);
    }

    /** How deep in the value it is: a key that should not be there is one below its mapping. */
    int depth() {
        return path.depth() + (text.startsWith("additional") ? 1 : 0);
    }

    Problem problem() {
        String place = path.dotted();
        String message = place.isEmpty() ? text : place + " " + text;
        return new Problem(location, path.toString(), message, null, hint, origin);
    }
}
