package dev.jcompose.engine.api;

/**
 * Whoever wants to talk to a container's own command.
 *
 * @param container id or name; one that does not run yet is waited for
 * @param stdin whether the caller will send input
 * @param replay begin with what it has written before
 * @param detachKeys what ends the session when it is typed to the container's terminal, as {@code ctrl-p,ctrl-q}; empty
 *     for these
 */
public record AttachRequest(String container, boolean stdin, boolean replay, String detachKeys) {}
