package dev.jcompose.engine.container;

/**
 * What is special about a container that {@code run} made.
 *
 * @param autoRemove it is removed when it has ended, with its anonymous volumes
 * @param stdinOnce its standard input ends with that of the client who started it
 * @param aliases it is found by the names of its service, beside its own
 */
public record OneOff(boolean autoRemove, boolean stdinOnce, boolean aliases) {}
