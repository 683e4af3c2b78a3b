package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.Map;

/**
 * What provides a service instead of a container.
 *
 * @param type name of the program
 * @param options options of the program
 */
public record Provider(String type, Map<String, List<String>> options) {

    public Provider {
        options = Immutable.map(options);
    }
}
