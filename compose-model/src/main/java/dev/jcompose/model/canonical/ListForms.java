package dev.jcompose.model.canonical;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import java.util.List;

/**
 * Lists of names that stand for mappings. What is not a list of scalars stays, for the schema check to report it; null
 * stands for what was reported, and is left out.
 */
public final class ListForms {
    private ListForms() {}

    /** {@code [a, b]} is {@code {a: null, b: null}}. */
    public static Node names(Node node) {
        if (!(node instanceof SequenceNode list) || !isFlat(list)) {
            return node;
        }
        MappingNode.Editor mapping = MappingNode.empty(list.location()).edit();
        for (Node item : named(list)) {
            mapping.put(
                    String.valueOf(item.plain()),
                    ScalarNode.of(null, item.location()).withOrigin(item.origin()));
        }
        return mapping.done().withOrigin(list.origin());
    }

    /** {@code [a]} is {@code {a: {condition: service_started, required: true}}}. */
    public static Node dependencies(Node node) {
        if (!(node instanceof SequenceNode list) || !isFlat(list)) {
            return node;
        }
        MappingNode.Editor mapping = MappingNode.empty(list.location()).edit();
        for (Node item : named(list)) {
            mapping.put(
                    String.valueOf(item.plain()),
                    MappingNode.empty(item.location())
                            .with("condition", ScalarNode.of("service_started", item.location()))
                            .with("required", ScalarNode.of(true, item.location()))
                            .withOrigin(item.origin()));
        }
        return mapping.done().withOrigin(list.origin());
    }

    private static List<Node> named(SequenceNode list) {
        return list.items().stream().filter(item -> !item.isNull()).toList();
    }

    static boolean isFlat(SequenceNode list) {
        return list.items().stream().allMatch(ScalarNode.class::isInstance);
    }
}
