package dev.jcompose.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When containers are restarted.
 *
 * @param condition {@code none}, {@code on-failure} or {@code any} (default)
 * @param delay between an end and the next start; null: it grows from start to start
 * @param maxAttempts null: no limit
 * @param window how long a run must last to count as good; null: none does
 */
public record RestartRule(
        @Nullable String condition,
        @Nullable Duration delay,
        @Nullable Integer maxAttempts,
        @Nullable Duration window) {}
