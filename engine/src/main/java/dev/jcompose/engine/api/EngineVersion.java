package dev.jcompose.engine.api;

/**
 * Who answers on the socket.
 *
 * @param version of jcompose, for example {@code 0.1.0}
 * @param buildId changes with every build: a client of another build restarts an idle engine
 * @param pid of the engine's process
 */
public record EngineVersion(String version, String buildId, long pid) {}
