package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A top-level secret: exactly one of {@code file}, {@code environment}, {@code external}, {@code driver} is its source.
 *
 * @param key the key under {@code secrets}
 * @param name the name on the host: {@code name} if given, else {@code <project>_<key>}
 * @param file absolute path on the host
 * @param environment name of the variable of the project environment that holds the value
 * @param content the value of {@code environment}, resolved by the loader; never part of {@code config} output
 * @param external true: not managed by the project
 * @param driver {@code driver}
 * @param driverOpts options of the driver
 * @param templateDriver {@code template_driver}
 * @param labels labels
 * @param extensions {@code x-*} keys, as plain values
 */
public record Secret(
        String key,
        String name,
        @Nullable String file,
        @Nullable String environment,
        @Nullable String content,
        boolean external,
        @Nullable String driver,
        Map<String, String> driverOpts,
        @Nullable String templateDriver,
        Map<String, String> labels,
        Map<String, @Nullable Object> extensions) {

    public Secret {
        driverOpts = Immutable.map(driverOpts);
        labels = Immutable.map(labels);
        extensions = Immutable.map(extensions);
    }
}
