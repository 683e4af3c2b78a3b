package dev.jcompose.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When containers are restarted.
 *
 * @param condition {@code none}, {@code on-failure} or {@code any} (default)
 * @param delay parsed and ignored
 * @param maxAttempts null: no limit
 * @param window parsed and ignored
 */
public record RestartRule(
        @Nullable String condition,
        @Nullable Duration delay,
        @Nullable Integer maxAttempts,
        @Nullable Duration window) {}
