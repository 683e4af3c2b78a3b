package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * A user-defined resource; parsed and ignored.
 *
 * @param kind its name
 * @param value how many
 */
public record GenericResource(@Nullable String kind, long value) {}
