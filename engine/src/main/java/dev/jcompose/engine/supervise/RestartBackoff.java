package dev.jcompose.engine.supervise;

import dev.jcompose.model.RestartPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether and when a container that has ended is started again: after 100 ms, then twice as long each time up to a
 * minute, and from the beginning again when it has run for ten seconds, as Docker does it; or after the delay that its
 * policy names.
 */
public final class RestartBackoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    private Duration next = FIRST;
    /** Restarts before the last good run, which do not count. */
    private int forgiven;

    /**
     * Decides after one end.
     *
     * @param exitCode as a shell reports it
     * @param restarts how often it was started again so far
     * @param stoppedByUser whether somebody asked for the end
     * @param ran how long it ran
     * @return how long to wait before the next start; empty for no restart
     */
    public Optional<Duration> afterExit(
            RestartPolicy policy, int exitCode, int restarts, boolean stoppedByUser, Duration ran) {
        Duration window = policy.window();
        if (window != null && ran.compareTo(window) >= 0) {
            forgiven = restarts;
        }
        if (stoppedByUser || !wanted(policy, exitCode, restarts - forgiven)) {
            return Optional.empty();
        }
        if (policy.delay() != null) {
            return Optional.of(policy.delay());
        }
        if (ran.compareTo(LONG_ENOUGH) >= 0) {
            next = FIRST;
        }
        Duration delay = next;
        Duration doubled = delay.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return Optional.of(delay);
    }

    private static boolean wanted(RestartPolicy policy, int exitCode, int restarts) {
        boolean oftenEnough = policy.maxRetries() > 0 && restarts >= policy.maxRetries();
        return !oftenEnough
                && switch (policy.kind()) {
                    case NO -> false;
                    case ALWAYS, UNLESS_STOPPED -> true;
                    case ON_FAILURE -> exitCode != 0;
                };
    }
}
