package dev.jcompose.images.build.dockerfile;

/**
 * A place in a Dockerfile.
 *
 * @param line 1-based
 * @param column 1-based, in characters
 */
public record Position(int line, int column) {}
