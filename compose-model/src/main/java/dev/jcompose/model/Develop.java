package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code develop} section.
 *
 * @param watch what to do when files change
 * @param extensions {@code x-*} keys, as plain values
 */
public record Develop(List<WatchRule> watch, Map<String, @Nullable Object> extensions) {

    public Develop {
        watch = Immutable.list(watch);
        extensions = Immutable.map(extensions);
    }
}
