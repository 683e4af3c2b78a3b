package dev.jcompose.model.resolve;

import dev.jcompose.model.interpolate.Variables;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.ScalarNode;
import java.util.function.UnaryOperator;

/**
 * Stage: names without a value in {@code environment} get that of the project environment, and secrets and configs from
 * a variable their content.
 */
public final class EnvironmentValues {
    /** Where the content from a variable is kept; an extension key, so that it survives further merges and checks. */
    public static final String RESOLVED_CONTENT = "x-jcompose-content";

    private final Variables variables;

    public EnvironmentValues(Variables variables) {
        this.variables = variables;
    }

    /** The model with values. */
    public MappingNode resolve(MappingNode model) {
        PathTable<UnaryOperator<Node>> table = new PathTable<UnaryOperator<Node>>()
                .add("services.*.environment", this::inherited)
                .add("secrets.*", this::content)
                .add("configs.*", this::content);
        return NodeChange.apply(model, table);
    }

    private Node inherited(Node node) {
        if (!(node instanceof MappingNode environment)) {
            return node;
        }
        return environment.map((name, value) -> {
            String found = value.isNull() ? variables.get(name) : null;
            return found == null
                    ? value
                    : ((ScalarNode) value).withValue(found).withOrigin("from the project environment");
        });
    }

    private Node content(Node node) {
        if (!(node instanceof MappingNode resource) || !(resource.get("environment") instanceof ScalarNode name)) {
            return node;
        }
        String found = variables.get(String.valueOf(name.value()));
        return found == null || resource.has(RESOLVED_CONTENT)
                ? resource
                : resource.with(RESOLVED_CONTENT, name.withValue(found).withOrigin("from the project environment"));
    }
}
