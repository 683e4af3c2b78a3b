package dev.jcompose.engine.network;

import dev.jcompose.model.ServiceNetwork;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Networks that a container was connected to or disconnected from after it was made. Immutable, and JSON-able.
 *
 * @param version of this form, {@value #VERSION}
 * @param joined by the network's name
 * @param left names of networks of its service that it is not on any more
 */
record Memberships(int version, Map<String, ServiceNetwork> joined, Set<String> left) {
    /** The version that this engine writes. */
    static final int VERSION = 1;

    /** As the service says. */
    static final Memberships NONE = new Memberships(VERSION, Map.of(), Set.of());

    Memberships {
        joined = Map.copyOf(joined);
        left = Set.copyOf(left);
    }

    Memberships with(String network, ServiceNetwork settings) {
        Map<String, ServiceNetwork> more = new LinkedHashMap<>(joined);
        more.put(network, settings);
        Set<String> fewer = new LinkedHashSet<>(left);
        fewer.remove(network);
        return new Memberships(VERSION, more, fewer);
    }

    Memberships without(String network) {
        Map<String, ServiceNetwork> fewer = new LinkedHashMap<>(joined);
        fewer.remove(network);
        Set<String> more = new LinkedHashSet<>(left);
        more.add(network);
        return new Memberships(VERSION, fewer, more);
    }
}
