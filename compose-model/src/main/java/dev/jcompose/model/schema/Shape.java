package dev.jcompose.model.schema;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import java.util.List;

/** What a value may look like. */
sealed interface Shape permits MappingShape, ListShape, ScalarShape, UnionShape {

    /** Adds what is wrong with the value; nothing if it fits. */
    void check(Node node, NodePath path, List<Violation> violations);

    /** The kinds of value that can fit, for messages: {@code string}, {@code array} ... */
    List<String> kinds();

    /** True if a value of this one's kind can fit. */
    boolean fitsKind(Node node);
}
