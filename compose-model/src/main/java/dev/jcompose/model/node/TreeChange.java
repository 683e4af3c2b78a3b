package dev.jcompose.model.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values to replace in a tree, and members to remove from it. All are made in one pass: one by one, each would copy the
 * mappings above it, which takes long where there are many services and many mistakes. Not thread-safe.
 */
public final class TreeChange {
    /** By key of a mapping or index of a list. */
    private final Map<Object, TreeChange> below = new HashMap<>();

    private @Nullable Node replacement;
    private boolean removed;

    /** Puts a value in the place of the one at the path, if there is one. */
    public void replace(NodePath path, Node value) {
        at(path).replacement = value;
    }

    /** Removes the member of a mapping at the path, if there is one. */
    public void remove(NodePath path) {
        at(path).removed = true;
    }

    private TreeChange at(NodePath path) {
        return path.isRoot() ? this : at(path.parent()).below.computeIfAbsent(path.step(), step -> new TreeChange());
    }

    /** The tree with the changes; null if it was removed itself. */
    public @Nullable Node applyTo(Node tree) {
        if (removed || replacement != null) {
            return removed ? null : replacement;
        }
        if (below.isEmpty()) {
            return tree;
        }
        if (tree instanceof MappingNode mapping) {
            return mapping.map((key, value) -> {
                TreeChange change = below.get(key);
                return change == null ? value : change.applyTo(value);
            });
        }
        return tree instanceof SequenceNode list ? items(list) : tree;
    }

    private SequenceNode items(SequenceNode list) {
        List<Node> items = new ArrayList<>(list.items());
        below.forEach((index, change) -> {
            int at = index instanceof Integer number ? number : -1;
            Node changed = at < 0 || at >= items.size() ? null : change.applyTo(items.get(at));
            if (changed != null) {
                items.set(at, changed);
            }
        });
        return list.withItems(items);
    }
}
