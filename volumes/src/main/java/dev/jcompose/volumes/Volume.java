package dev.jcompose.volumes;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A named volume that exists.
 *
 * @param options the driver's
 * @param data the directory that containers mount; whoever writes there needs no lock of ours
 */
public record Volume(
        String name,
        String driver,
        Map<String, String> options,
        Map<String, String> labels,
        Instant created,
        Path data) {

    public Volume {
        requireNonNull(name, "name");
        requireNonNull(driver, "driver");
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
        requireNonNull(created, "created");
        requireNonNull(data, "data");
    }
}
