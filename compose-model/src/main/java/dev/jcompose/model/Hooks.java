package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;

/**
 * The lifecycle hooks of a service.
 *
 * @param preStart before the start, each in a container of its own
 * @param postStart after the start, in the container
 * @param preStop before the stop, in the container
 */
public record Hooks(List<Hook> preStart, List<Hook> postStart, List<Hook> preStop) {

    public Hooks {
        preStart = Immutable.list(preStart);
        postStart = Immutable.list(postStart);
        preStop = Immutable.list(preStop);
    }

    /** None. */
    public static final Hooks NONE = new Hooks(List.of(), List.of(), List.of());
}
