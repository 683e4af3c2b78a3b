package dev.jcompose.model.schema;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.node.TreeChange;
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
 * @param kind what is wrong
 */
record Violation(
        SourceLocation location,
        NodePath path,
        String text,
        @Nullable String origin,
        @Nullable String hint,
        Kind kind) {

    /** What is wrong. */
    enum Kind {
        /** The value itself. */
        VALUE,
        /** The key. */
        KEY,
        /** A key that is not there. */
        MISSING,
        /** It is there already. */
        EQUAL
    }

    static Violation of(Node node, NodePath path, String text) {
        return of(node, path, text, Kind.VALUE);
    }

    static Violation of(Node node, NodePath path, String text, Kind kind) {
        return new Violation(node.location(), path, text, node.origin(), null, kind);
    }

    /** A key that should not be there; the path is the mapping's. */
    static Violation key(MappingNode.Entry entry, NodePath path, String key, @Nullable String hint) {
        String text = "additional properties '" + key + "' not allowed";
        return new Violation(entry.key(), path.child(key), text, entry.value().origin(), hint, Kind.KEY);
    }

    /** A key that should be there. */
    static Violation missing(Node mapping, NodePath path, String key) {
        return of(mapping, path.child(key), "missing property '" + key + "'", Kind.MISSING);
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
        return new Violation(location, path, this.text, origin, text, kind);
    }

    /** How deep in the value it is: a key that is missing is not there yet. */
    int depth() {
        return kind == Kind.MISSING ? path.depth() - 1 : path.depth();
    }

    /** The path of the value that the message is about: of the mapping, where a key is wrong or missing. */
    private NodePath subject() {
        return kind == Kind.KEY || kind == Kind.MISSING ? path.parent() : path;
    }

    Problem problem() {
        String place = subject().dotted();
        String message = place.isEmpty() ? text : place + " " + text;
        return new Problem(location, subject().toString(), message, null, hint, origin);
    }

    /** Takes the value out of the model, so that later stages do not stumble over it. */
    void removeBy(TreeChange change) {
        switch (kind) {
            case VALUE -> change.replace(path, ScalarNode.of(null, location));
            case KEY -> change.remove(path);
            case MISSING, EQUAL -> {
                // nothing that could be taken out
            }
        }
    }
}
