package dev.jcompose.engine.network;

import dev.jcompose.network.bridge.BridgeNetwork;

/**
 * What is remembered of a network.
 *
 * @param version of this form, {@value #VERSION}
 * @param project that made it
 * @param key in that project's file
 * @param configHash of what it was made from
 */
public record NetworkRecord(int version, String project, String key, String configHash, BridgeNetwork network) {

    /** The version that this engine writes. */
    public static final int VERSION = 1;
}
