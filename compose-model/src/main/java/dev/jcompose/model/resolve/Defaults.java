package dev.jcompose.model.resolve;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.ScalarNode;
import java.util.function.UnaryOperator;

/** Stage: sets the values that the specification defines for members that are not there. */
public final class Defaults {
    private static final PathTable<UnaryOperator<Node>> TABLE = table();

    private Defaults() {}

    /** The model with defaults. */
    public static MappingNode apply(MappingNode model) {
        return NodeChange.apply(model, TABLE);
    }

    private static PathTable<UnaryOperator<Node>> table() {
        return new PathTable<UnaryOperator<Node>>()
                .add("services.*.build", node -> with(node, "context", "."))
                .add("services.*.secrets.*", Defaults::secretTarget)
                .add("services.*.ports.*", node -> with(with(node, "protocol", "tcp"), "mode", "ingress"))
                .add("services.*.deploy.resources.reservations.devices.*", Defaults::deviceCount)
                .add("services.*.gpus.*", Defaults::deviceCount)
                .add("services.*.volumes.*.bind", node -> with(node, "create_host_path", true));
    }

    private static Node with(Node node, String key, Object value) {
        return node instanceof MappingNode mapping && !mapping.has(key)
                ? mapping.with(key, ScalarNode.of(value, mapping.location()))
                : node;
    }

    private static Node secretTarget(Node node) {
        return node instanceof MappingNode secret && secret.get("source") instanceof ScalarNode source
                ? with(secret, "target", "/run/secrets/" + source.value())
                : node;
    }

    private static Node deviceCount(Node node) {
        return node instanceof MappingNode device && device.has("device_ids") ? node : with(node, "count", "all");
    }
}
