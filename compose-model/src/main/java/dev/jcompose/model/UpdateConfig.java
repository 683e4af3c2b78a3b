package dev.jcompose.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Parsed and ignored.
 *
 * @param parallelism containers at a time
 * @param delay between groups
 * @param failureAction {@code continue}, {@code rollback} or {@code pause}
 * @param monitor how long a task is watched
 * @param maxFailureRatio tolerated failures
 * @param order {@code stop-first} or {@code start-first}
 */
public record UpdateConfig(
        @Nullable Integer parallelism,
        @Nullable Duration delay,
        @Nullable String failureAction,
        @Nullable Duration monitor,
        double maxFailureRatio,
        @Nullable String order) {}
