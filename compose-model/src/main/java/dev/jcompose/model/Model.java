package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A top-level model.
 *
 * @param key its key at the top level
 * @param name {@code name}
 * @param model reference of the model artifact
 * @param contextSize tokens, 0 for the default
 * @param runtimeFlags flags of the inference engine
 * @param extensions {@code x-*} keys, as plain values
 */
public record Model(
        String key,
        @Nullable String name,
        String model,
        int contextSize,
        List<String> runtimeFlags,
        Map<String, @Nullable Object> extensions) {

    public Model {
        runtimeFlags = Immutable.list(runtimeFlags);
        extensions = Immutable.map(extensions);
    }
}
