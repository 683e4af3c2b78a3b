package dev.jcompose.model.resolve;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.value.CommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Stage: splits commands that are written as one text. Only for a model that is printed without being bound; the binder
 * does it otherwise, and reports what cannot be split.
 */
public final class CommandLists {
    private static final PathTable<UnaryOperator<Node>> TABLE = new PathTable<UnaryOperator<Node>>()
            .add("services.*.command", CommandLists::words)
            .add("services.*.entrypoint", CommandLists::words)
            .add("services.*.post_start.*.command", CommandLists::words)
            .add("services.*.pre_start.*.command", CommandLists::words)
            .add("services.*.pre_stop.*.command", CommandLists::words);

    private CommandLists() {}

    /** The model with lists for commands; one that cannot be split stays. */
    public static MappingNode apply(MappingNode model) {
        return NodeChange.apply(model, TABLE);
    }

    private static Node words(Node node) {
        String text = node.text();
        if (text == null) {
            return node;
        }
        try {
            List<Node> words = new ArrayList<>();
            CommandLine.split(text).forEach(word -> words.add(((ScalarNode) node).withValue(word)));
            return SequenceNode.of(words, node.location()).withOrigin(node.origin());
        } catch (IllegalArgumentException e) {
            return node; // the user sees it as it is written
        }
    }
}
