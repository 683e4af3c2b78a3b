package dev.jcompose.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a container is started again after it exits.
 *
 * @param kind when
 * @param maxRetries restarts in a row, 0 for no limit
 * @param delay between an end and the next start; null: short at first, then longer and longer
 * @param window how long a run must last to count as good, after which restarts are counted anew; null: all count
 */
public record RestartPolicy(
        Kind kind,
        int maxRetries,
        @Nullable Duration delay,
        @Nullable Duration window) {

    /** When a container is started again. */
    public enum Kind {
        /** Never. */
        NO,
        /** After every exit, unless it was stopped by a command. */
        ALWAYS,
        /** After an exit with another status than 0. */
        ON_FAILURE,
        /** As {@link #ALWAYS}, but not after the engine's restart if it was stopped before. */
        UNLESS_STOPPED
    }

    /** Never restarted. */
    public static final RestartPolicy NO = new RestartPolicy(Kind.NO, 0, null, null);

    /**
     * Parses {@code no}, {@code always}, {@code unless-stopped}, {@code on-failure} and {@code on-failure:n}.
     *
     * @throws IllegalArgumentException for another text; the loader accepts any, as the reference does
     */
    public static RestartPolicy parse(@Nullable String restart) {
        if (restart == null || restart.isEmpty() || restart.equals("no")) {
            return NO;
        }
        int colon = restart.indexOf(':');
        String kind = colon < 0 ? restart : restart.substring(0, colon);
        int retries = colon < 0 ? 0 : retries(restart, restart.substring(colon + 1));
        return switch (kind) {
            case "always" -> new RestartPolicy(Kind.ALWAYS, retries, null, null);
            case "unless-stopped" -> new RestartPolicy(Kind.UNLESS_STOPPED, retries, null, null);
            case "on-failure" -> new RestartPolicy(Kind.ON_FAILURE, retries, null, null);
            default ->
                throw new IllegalArgumentException(
                        "invalid restart policy \"" + restart + "\": no, always, on-failure[:n] or unless-stopped");
        };
    }

    /** What {@code deploy.restart_policy} means: {@code any} is always, {@code none} is no. */
    static RestartPolicy of(RestartRule rule) {
        int retries = rule.maxAttempts() == null ? 0 : rule.maxAttempts();
        String condition = rule.condition() == null ? "any" : rule.condition();
        return switch (condition) {
            case "none" -> NO;
            case "on-failure" -> new RestartPolicy(Kind.ON_FAILURE, retries, rule.delay(), rule.window());
            default -> new RestartPolicy(Kind.ALWAYS, retries, rule.delay(), rule.window());
        };
    }

    private static int retries(String restart, String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "invalid restart policy \"" + restart + "\": not a number of retries", e);
        }
    }
}
