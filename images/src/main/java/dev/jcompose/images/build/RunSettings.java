package dev.jcompose.images.build;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the commands of a build are run, beside what their instructions say.
 *
 * @param network {@code default}, {@code none}, {@code host}, or the name of a network
 * @param extraHosts host name to addresses
 * @param shmSizeBytes 0 for the default
 * @param ulimits name to soft and hard limit, -1 for none
 * @param memoryBytes null for no limit
 * @param privileged whether all commands have all capabilities
 * @param allowInsecure whether {@code RUN --security=insecure} may be used
 * @param allowHostNetwork whether {@code RUN --network=host} may be used
 */
public record RunSettings(
        String network,
        Map<String, List<String>> extraHosts,
        long shmSizeBytes,
        Map<String, List<Long>> ulimits,
        @Nullable Long memoryBytes,
        boolean privileged,
        boolean allowInsecure,
        boolean allowHostNetwork) {
    /** As it is when nothing is said. */
    public static final RunSettings DEFAULT =
            new RunSettings("default", Map.of(), 0, Map.of(), null, false, false, false);

    public RunSettings {
        extraHosts = Map.copyOf(extraHosts);
        ulimits = Map.copyOf(ulimits);
    }
}
