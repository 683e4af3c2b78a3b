package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A top-level network, in canonical form.
 *
 * @param key the key under {@code networks}
 * @param name the name on the host: {@code name} if given, else {@code <project>_<key>}, and the key for an external
 *     one
 * @param driver {@code bridge} and so on; null for the engine's default
 * @param driverOpts options of the driver, as text
 * @param attachable {@code attachable}
 * @param internal true: no route to the outside
 * @param external true: exists already and is neither created nor removed
 * @param enableIpv4 null for the engine's default
 * @param enableIpv6 null for the engine's default
 * @param ipam address management; {@link Ipam#NONE} when not configured
 * @param labels labels of the network
 * @param extensions {@code x-*} keys, as plain values
 */
public record Network(
        String key,
        String name,
        @Nullable String driver,
        Map<String, String> driverOpts,
        boolean attachable,
        boolean internal,
        boolean external,
        @Nullable Boolean enableIpv4,
        @Nullable Boolean enableIpv6,
        Ipam ipam,
        Map<String, String> labels,
        Map<String, @Nullable Object> extensions) {

    public Network {
        driverOpts = Immutable.map(driverOpts);
        labels = Immutable.map(labels);
        extensions = Immutable.map(extensions);
    }

    /**
     * Whether being on it means what {@code network_mode} of that name means: Docker has these as networks too.
     *
     * @param mode {@code host} or {@code none}
     */
    public boolean standsFor(String mode) {
        return mode.equals(driver) || (external && mode.equals(name));
    }
}
