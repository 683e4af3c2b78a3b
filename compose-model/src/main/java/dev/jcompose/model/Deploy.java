package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code deploy} section.
 *
 * @param mode {@code replicated} (default), {@code global}, {@code replicated-job}, {@code global-job}
 * @param replicas how many containers; null for 1
 * @param labels labels of the swarm service; not put on containers
 * @param updateConfig parsed and ignored
 * @param rollbackConfig parsed and ignored
 * @param resources limits and reservations
 * @param restartPolicy overrides the service's {@code restart}
 * @param placement parsed and ignored
 * @param endpointMode parsed and ignored
 * @param extensions {@code x-*} keys, as plain values
 */
public record Deploy(
        @Nullable String mode,
        @Nullable Integer replicas,
        Map<String, String> labels,
        @Nullable UpdateConfig updateConfig,
        @Nullable UpdateConfig rollbackConfig,
        @Nullable Resources resources,
        @Nullable RestartRule restartPolicy,
        @Nullable Placement placement,
        @Nullable String endpointMode,
        Map<String, @Nullable Object> extensions) {

    public Deploy {
        labels = Immutable.map(labels);
        extensions = Immutable.map(extensions);
    }
}
