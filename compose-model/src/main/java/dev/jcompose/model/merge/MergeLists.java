package dev.jcompose.model.merge;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.MergeTag;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.Origin;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.value.GoNumbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The two forms of attributes that are a list or a mapping, each made from the other. */
final class MergeLists {
    private MergeLists() {}

    static SequenceNode append(SequenceNode base, SequenceNode over) {
        List<Node> all = new ArrayList<>(withOrigin(base));
        all.addAll(withOrigin(over));
        return base.withItems(all);
    }

    static SequenceNode appendNew(SequenceNode base, SequenceNode over) {
        List<Node> all = new ArrayList<>(withOrigin(base));
        Set<@Nullable Object> known = new HashSet<>();
        base.items().forEach(item -> known.add(item.plain()));
        for (Node item : withOrigin(over)) {
            if (known.add(item.plain())) {
                all.add(item);
            }
        }
        return base.withItems(all);
    }

    private static List<Node> withOrigin(SequenceNode list) {
        if (list.origin() == null) {
            return list.items();
        }
        return list.items().stream()
                .map(item -> item.withOrigin(Origin.join(item.origin(), list.origin())))
                .toList();
    }

    /** A list of {@code key=value} in key order; a null value is the bare key. */
    static SequenceNode keyValues(Node node) {
        return list(node, "=");
    }

    /** A list of {@code host=address}; a host with several addresses has several entries. */
    static SequenceNode hosts(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            return list(node, "=");
        }
        List<Node> items = new ArrayList<>();
        for (Map.Entry<String, MappingNode.Entry> each : new TreeMap<>(mapping.entries()).entrySet()) {
            Node value = each.getValue().value();
            List<Node> addresses = value instanceof SequenceNode several ? several.items() : List.of(value);
            for (Node address : addresses) {
                items.add(keyValue(each.getKey(), "=", address));
            }
        }
        return SequenceNode.of(items, mapping.location()).withOrigin(mapping.origin());
    }

    /** The earlier mapping without the keys that the later one resets or overrides. */
    static Node withoutTagged(Node base, Node over) {
        if (!(base instanceof MappingNode earlier) || !(over instanceof MappingNode later)) {
            return base;
        }
        return earlier.map((key, value) -> {
            Node change = later.get(key);
            return change == null || change.tag() == MergeTag.NONE ? value : null;
        });
    }

    private static SequenceNode list(Node node, String separator) {
        if (node instanceof SequenceNode list) {
            return list;
        }
        if (node instanceof MappingNode mapping) {
            List<Node> items = new ArrayList<>();
            new TreeMap<>(mapping.entries())
                    .forEach((key, entry) -> items.add(
                            entry.value().tag() == MergeTag.RESET
                                    ? entry.value()
                                    : keyValue(key, separator, entry.value())));
            items.removeIf(item -> item.tag() == MergeTag.RESET);
            return SequenceNode.of(items, mapping.location()).withOrigin(mapping.origin());
        }
        return SequenceNode.of(List.of(node.withTag(MergeTag.NONE)), node.location());
    }

    private static Node keyValue(String key, String separator, Node value) {
        if (!(value instanceof ScalarNode scalar)) {
            return value;
        }
        Object plain = scalar.value();
        return scalar.withValue(plain == null ? key : key + separator + GoNumbers.text(plain));
    }
}
