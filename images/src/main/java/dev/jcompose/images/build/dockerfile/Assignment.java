package dev.jcompose.images.build.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * A name and a value, both as written.
 *
 * @param value null if there is none, as in {@code ARG NAME}
 */
public record Assignment(String name, @Nullable String value, Position at) {}
