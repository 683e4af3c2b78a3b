package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * Limits and reservations.
 *
 * @param limits upper bounds
 * @param reservations what is guaranteed
 */
public record Resources(
        @Nullable ResourceSpec limits, @Nullable ResourceSpec reservations) {}
