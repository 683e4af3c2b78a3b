package dev.jcompose.model;

/**
 * A resource limit; -1 is unlimited.
 *
 * @param soft the limit in force
 * @param hard the ceiling
 * @param single true: written as one number, for both
 */
public record Ulimit(long soft, long hard, boolean single) {}
