package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;

/**
 * Parsed and ignored.
 *
 * @param constraints node constraints
 * @param preferences the {@code spread} of each preference
 * @param maxReplicas per node, 0 for no limit
 */
public record Placement(List<String> constraints, List<String> preferences, long maxReplicas) {

    public Placement {
        constraints = Immutable.list(constraints);
        preferences = Immutable.list(preferences);
    }
}
