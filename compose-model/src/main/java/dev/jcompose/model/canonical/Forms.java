package dev.jcompose.model.canonical;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.value.GoNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The long forms of lists, mappings and strings that may stand for each other. */
final class Forms {
    private Forms() {}

    /** {@code x} is {@code [x]}; empty items are left out. */
    static Node list(Node node, NodePath path) {
        List<Node> items = node instanceof SequenceNode list ? list.items() : List.of(node);
        List<Node> kept = items.stream()
                .filter(item -> !path.last().equals("dns") || !"".equals(item.plain()))
                .toList();
        return node instanceof SequenceNode list && kept.size() == items.size()
                ? list
                : SequenceNode.of(kept, node.location()).withOrigin(node.origin());
    }

    /** {@code [A=x, B]} is {@code {A: x, B: null}}. */
    static Node keyValues(Node node, NodePath path) {
        if (!(node instanceof SequenceNode list) || !ListForms.isFlat(list)) {
            return node;
        }
        MappingNode.Editor mapping = MappingNode.empty(list.location()).edit();
        for (Node item : list.items()) {
            String text = String.valueOf(item.plain());
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            if (path.last().equals("environment") && key.endsWith(" ")) {
                throw new IllegalArgumentException(
                        "environment variable " + key + " is declared with a trailing space");
            }
            Node value = ((ScalarNode) item).withValue(equals < 0 ? null : text.substring(equals + 1));
            mapping.put(key, value.withOrigin(item.origin()));
        }
        return mapping.done().withOrigin(list.origin());
    }

    static Node names(Node node, NodePath path) {
        return ListForms.names(node);
    }

    /** {@code [a]} is {@code {a: {condition: service_started, required: true}}}. */
    static Node dependsOn(Node node, NodePath path) {
        if (node instanceof MappingNode declared) {
            return declared.map((key, value) -> value instanceof MappingNode dependency
                    ? dependency
                            .edit()
                            .putIfAbsent("required", ScalarNode.of(true, dependency.location()))
                            .done()
                    : value);
        }
        return ListForms.dependencies(node);
    }

    /** {@code x} is {@code {key: x}}. */
    private static Node wrap(String key, Node node) {
        return node instanceof ScalarNode
                ? MappingNode.empty(node.location()).with(key, node).withOrigin(node.origin())
                : node;
    }

    static Node build(Node node, NodePath path) {
        return wrap("context", node);
    }

    static Node extended(Node node, NodePath path) {
        return wrap("service", node);
    }

    static Node fileMount(Node node, NodePath path) {
        return wrap("source", node);
    }

    /** {@code x} is {@code [{path: x, required: true}]}. */
    static Node envFile(Node node, NodePath path) {
        List<Node> items = new ArrayList<>();
        for (Node item : node instanceof SequenceNode list ? list.items() : List.of(node)) {
            Node entry = wrap("path", item);
            items.add(
                    entry instanceof MappingNode mapping
                            ? mapping.edit()
                                    .putIfAbsent("required", ScalarNode.of(true, item.location()))
                                    .done()
                            : entry);
        }
        return SequenceNode.of(items, node.location()).withOrigin(node.origin());
    }

    /** A boolean or number as text. */
    static Node text(Node node, NodePath path) {
        return node instanceof ScalarNode scalar && scalar.value() != null
                ? scalar.withValue(GoNumbers.text(scalar.value()))
                : node;
    }

    /** {@code external: {name: x}} is {@code external: true} with {@code name: x}. */
    static Node external(Node node, NodePath path) {
        if (!(node instanceof MappingNode resource) || !(resource.get("external") instanceof MappingNode external)) {
            return node;
        }
        Node name = external.get("name");
        Node given = resource.get("name");
        if (name != null && given != null && !Objects.equals(name.plain(), given.plain())) {
            throw new IllegalArgumentException(path + ": name and external.name conflict; only use name");
        }
        MappingNode.Editor changed = resource.edit().put("external", ScalarNode.of(true, external.location()));
        if (name != null) {
            changed.put("name", name);
        }
        return changed.done();
    }
}
