package dev.jcompose.engine.network;

import dev.jcompose.network.bridge.ContainerNetwork;
import java.time.Instant;

/**
 * What is remembered of a network.
 *
 * @param version of this form, {@value #VERSION}
 * @param project that made it, empty for none
 * @param key in that project's file
 * @param configHash of what it was made from
 * @param createdAt when it was made last
 * @param attachable shown, and without effect: every container of this host may be attached
 */
public record NetworkRecord(
        int version,
        String project,
        String key,
        String configHash,
        Instant createdAt,
        boolean attachable,
        ContainerNetwork network) {

    /** The version that this engine writes. */
    public static final int VERSION = 2;

    public NetworkRecord {
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "network state of version " + version + " is not of this engine's version " + VERSION);
        }
    }

    /** The name on the host. */
    public String name() {
        return network.spec().name();
    }
}
