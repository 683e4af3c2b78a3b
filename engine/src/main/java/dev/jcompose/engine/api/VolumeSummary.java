package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A volume that exists.
 *
 * @param mountpoint where its data is on this machine
 * @param options of the driver
 * @param users names of the containers, running or not, that use it
 */
public record VolumeSummary(
        String name,
        String driver,
        String mountpoint,
        Instant createdAt,
        Map<String, String> options,
        Map<String, String> labels,
        List<String> users) {
    public VolumeSummary {
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
        users = List.copyOf(users);
    }

    /** Whether nobody has given it a name. */
    public boolean isAnonymous() {
        return labels.containsKey("com.docker.volume.anonymous");
    }
}
