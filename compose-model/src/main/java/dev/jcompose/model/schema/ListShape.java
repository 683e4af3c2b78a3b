package dev.jcompose.model.schema;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SequenceNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list.
 *
 * @param item what each item may look like
 * @param unique no two items may be equal
 */
record ListShape(Shape item, boolean unique) implements Shape {

    @Override
    public void check(Node node, NodePath path, List<Violation> violations) {
        if (!(node instanceof SequenceNode list)) {
            violations.add(Violation.type(node, path, kinds()));
            return;
        }
        Map<@Nullable Object, Integer> seen = new HashMap<>();
        int index = 0;
        for (Node each : list.items()) {
            item.check(each, path.item(index), violations);
            Integer earlier = unique ? seen.putIfAbsent(each.plain(), index) : null;
            if (earlier != null) {
                violations.add(Violation.of(
                        each, path, "items at " + earlier + " and " + index + " are equal", Violation.Kind.EQUAL));
            }
            index++;
        }
    }

    @Override
    public List<String> kinds() {
        return List.of("array");
    }

    @Override
    public boolean fitsKind(Node node) {
        return node instanceof SequenceNode;
    }
}
