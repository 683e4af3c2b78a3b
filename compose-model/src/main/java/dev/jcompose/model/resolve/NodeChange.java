package dev.jcompose.model.resolve;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Applies changes to the values at the places of a table. */
final class NodeChange {
    private NodeChange() {}

    static MappingNode apply(MappingNode model, PathTable<UnaryOperator<Node>> changes) {
        return (MappingNode) visit(model, changes);
    }

    private static Node visit(Node node, @Nullable PathTable<UnaryOperator<Node>> changes) {
        if (changes == null) {
            return node;
        }
        UnaryOperator<Node> change = changes.rule();
        Node changed = change == null || node.isNull() ? node : change.apply(node);
        if (changed instanceof MappingNode mapping) {
            return mapping.map((key, value) -> visit(value, changes.at(key)));
        }
        PathTable<UnaryOperator<Node>> items = changes.at("*");
        if (items == null || !(changed instanceof SequenceNode list)) {
            return changed;
        }
        List<Node> all = new ArrayList<>(list.items().size());
        list.items().forEach(item -> all.add(visit(item, items)));
        return list.withItems(all);
    }
}
