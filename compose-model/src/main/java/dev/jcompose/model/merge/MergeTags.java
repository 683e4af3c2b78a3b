package dev.jcompose.model.merge;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.MergeTag;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends the work of {@code !reset} and {@code !override}: after the merge with what was before. */
public final class MergeTags {
    private MergeTags() {}

    /** The tree without values that are to be reset, and without tags. */
    public static MappingNode strip(MappingNode tree) {
        return mapping(tree).withTag(MergeTag.NONE);
    }

    private static @Nullable Node value(Node node) {
        if (node.tag() == MergeTag.RESET) {
            return null;
        }
        Node plain = node.tag() == MergeTag.NONE ? node : node.withTag(MergeTag.NONE);
        if (plain instanceof MappingNode mapping) {
            return mapping(mapping);
        }
        return plain instanceof SequenceNode list ? sequence(list) : plain;
    }

    private static MappingNode mapping(MappingNode mapping) {
        return mapping.map((key, value) -> value(value));
    }

    private static SequenceNode sequence(SequenceNode list) {
        List<Node> items = new ArrayList<>(list.items().size());
        boolean same = true;
        for (Node item : list.items()) {
            Node stripped = value(item);
            same &= stripped == item;
            if (stripped != null) {
                items.add(stripped);
            }
        }
        return same ? list : list.withItems(items);
    }
}
