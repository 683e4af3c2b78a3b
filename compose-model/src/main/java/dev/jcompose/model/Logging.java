package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the output goes.
 *
 * @param driver {@code json-file}, {@code local}, {@code none} ...; null for the engine's default
 * @param options options of the driver
 */
public record Logging(@Nullable String driver, Map<String, String> options) {

    public Logging {
        options = Immutable.map(options);
    }
}
