package dev.jcompose.model.write;

import dev.jcompose.model.node.Immutable;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code x-*} keys inside of attributes ({@code services.web.healthcheck.x-team}), which the records of a project
 * do not have: they mean nothing to jcompose, but whoever reads what {@code config} prints may look for them.
 */
public final class NestedExtensions {
    /** No such key. */
    public static final NestedExtensions NONE = new NestedExtensions(List.of());

    /** Keys that the loader itself puts into the model. */
    private static final String OWN = "x-jcompose-";

    /** How many steps lead to an element such as {@code services.web}. */
    private static final int ELEMENT_DEPTH = 2;

    /**
     * One key.
     *
     * @param path keys and indexes of the mapping that it is in
     * @param key the key
     * @param value its value, plain
     */
    private record Extension(
            List<Object> path, String key, @Nullable Object value) {}

    private final List<Extension> all;

    private NestedExtensions(List<Extension> all) {
        this.all = Immutable.list(all);
    }

    /** Those of a model; those at its top are left out. */
    public static NestedExtensions of(MappingNode model) {
        List<Extension> found = new ArrayList<>();
        List<Object> path = new ArrayList<>();
        model.entries().forEach((key, entry) -> {
            if (!key.startsWith("x-")) {
                path.add(key);
                collect(entry.value(), path, found);
                path.remove(path.size() - 1);
            }
        });
        return found.isEmpty() ? NONE : new NestedExtensions(found);
    }

    private static void collect(Node node, List<Object> path, List<Extension> found) {
        if (node instanceof MappingNode mapping) {
            mapping.entries().forEach((key, entry) -> {
                if (!key.startsWith("x-")) {
                    path.add(key);
                    collect(entry.value(), path, found);
                    path.remove(path.size() - 1);
                } else if (!key.startsWith(OWN)) {
                    found.add(
                            new Extension(List.copyOf(path), key, entry.value().plain()));
                }
            });
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.items().size(); i++) {
                path.add(i);
                collect(list.items().get(i), path, found);
                path.remove(path.size() - 1);
            }
        }
    }

    /** Adds them where they are not there yet; those of what is not in the tree any more are left out. */
    void addTo(Map<String, @Nullable Object> tree) {
        for (Extension extension : all) {
            Map<String, @Nullable Object> mapping = mapping(tree, extension.path, 0);
            if (mapping != null) {
                mapping.putIfAbsent(extension.key, extension.value);
            }
        }
    }

    /**
     * The mapping at the path, made where an attribute printed nothing; null if the path leads nowhere.
     *
     * @param depth how many steps lead to {@code from}
     */
    @SuppressWarnings("unchecked") // the trees of this package have text as keys
    private static @Nullable Map<String, @Nullable Object> mapping(
            @Nullable Object from, List<Object> path, int depth) {
        boolean end = depth == path.size();
        if (!end && path.get(depth) instanceof Integer index) {
            return from instanceof List<?> list && index < list.size()
                    ? mapping(list.get(index), path, depth + 1)
                    : null;
        }
        if (!(from instanceof Map)) {
            return null;
        }
        Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) from;
        if (end) {
            return members;
        }
        String key = (String) path.get(depth);
        if (members.get(key) == null && mayBeMade(path, depth)) {
            members.put(key, new TreeMap<>());
        }
        return mapping(members.get(key), path, depth + 1);
    }

    /** An element may have been left out with intent, and what is in a list cannot be told without its other items. */
    private static boolean mayBeMade(List<Object> path, int depth) {
        return depth >= ELEMENT_DEPTH
                && path.subList(depth, path.size()).stream().noneMatch(Integer.class::isInstance);
    }
}
