package dev.jcompose.model.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list.
 *
 * @param items the values
 * @param location where it begins
 * @param origin see {@link Node#origin}
 * @param tag see {@link Node#tag}
 */
public record SequenceNode(
        List<Node> items, SourceLocation location, @Nullable String origin, MergeTag tag) implements Node {

    public SequenceNode {
        items = Immutable.list(items);
    }

    /** A list with nothing special about it. */
    public static SequenceNode of(List<? extends Node> items, SourceLocation location) {
        return new SequenceNode(Immutable.list(items), location, null, MergeTag.NONE);
    }

    /** The same place with other items. */
    public SequenceNode withItems(List<? extends Node> changed) {
        return new SequenceNode(Immutable.list(changed), location, origin, tag);
    }

    @Override
    public SequenceNode withOrigin(@Nullable String changed) {
        return new SequenceNode(items, location, changed, tag);
    }

    @Override
    public SequenceNode withTag(MergeTag changed) {
        return new SequenceNode(items, location, origin, changed);
    }

    @Override
    public Object plain() {
        List<@Nullable Object> plain = new ArrayList<>(items.size());
        for (Node item : items) {
            plain.add(item.plain());
        }
        return plain;
    }

    @Override
    public String kind() {
        return "array";
    }
}
