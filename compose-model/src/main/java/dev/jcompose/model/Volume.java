package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A top-level volume, in canonical form.
 *
 * @param key the key under {@code volumes}
 * @param name the name on the host: {@code name} if given, else {@code <project>_<key>}, and the key for an external
 *     one
 * @param driver null for {@code local}
 * @param driverOpts options of the driver, as text; a {@code device} of a bind is absolute
 * @param external true: exists already and is neither created nor removed
 * @param labels labels of the volume
 * @param extensions {@code x-*} keys, as plain values
 */
public record Volume(
        String key,
        String name,
        @Nullable String driver,
        Map<String, String> driverOpts,
        boolean external,
        Map<String, String> labels,
        Map<String, @Nullable Object> extensions) {

    public Volume {
        driverOpts = Immutable.map(driverOpts);
        labels = Immutable.map(labels);
        extensions = Immutable.map(extensions);
    }
}
