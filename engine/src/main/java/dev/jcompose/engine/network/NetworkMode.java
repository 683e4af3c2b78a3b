package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.Network;
import java.util.List;
import java.util.Objects;

/** Whose network a container is in. */
public enum NetworkMode {
    /** Its own, attached to networks. */
    OWN,
    /** Its own, with nothing but loopback. */
    NONE,
    /** The host's. */
    HOST,
    /** Another container's. */
    SHARED;

    /** The network that {@code network_mode: bridge} stands for, and that is always there to be named as external. */
    static final String DEFAULT_BRIDGE = "bridge";

    /**
     * The mode of a container, from {@code network_mode} or from the one network that stands for a mode.
     *
     * @throws IllegalArgumentException when such a network is not the only one
     */
    public static NetworkMode of(Container container) {
        String mode = container.service().namespaces().network();
        if (mode == null || isBridge(mode)) {
            return ofNetworks(container);
        }
        return switch (mode) {
            case "none" -> NONE;
            case "host" -> HOST;
            default -> SHARED;
        };
    }

    /** Whether a {@code network_mode} means the default bridge. */
    static boolean isBridge(String mode) {
        return mode.equals(DEFAULT_BRIDGE) || mode.equals("default");
    }

    private static NetworkMode ofNetworks(Container container) {
        List<Network> networks = container.service().networks().keySet().stream()
                .map(key ->
                        Objects.requireNonNull(container.project().networks().get(key), key))
                .toList();
        for (NetworkMode mode : List.of(HOST, NONE)) {
            String word = mode == HOST ? "host" : "none";
            if (networks.stream().anyMatch(network -> network.standsFor(word))) {
                if (networks.size() > 1) {
                    throw new IllegalArgumentException(
                            "container %s is on the %s network, and can be on no other beside it"
                                    .formatted(container, word));
                }
                return mode;
            }
        }
        return OWN;
    }
}
