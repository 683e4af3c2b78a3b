package dev.jcompose.engine.network;

import dev.jcompose.model.Service;

/** Whose network a container is in. */
enum NetworkMode {
    /** Its own, attached to networks. */
    OWN,
    /** Its own, with nothing but loopback. */
    NONE,
    /** The host's. */
    HOST,
    /** Another container's. */
    SHARED;

    static NetworkMode of(Service service) {
        String mode = service.namespaces().network();
        if (mode == null || mode.equals("bridge") || mode.equals("default")) {
            return OWN;
        }
        return switch (mode) {
            case "none" -> NONE;
            case "host" -> HOST;
            default -> SHARED;
        };
    }
}
