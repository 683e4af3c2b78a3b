package dev.jcompose.engine.supervise;

import java.time.Duration;
import java.time.Instant;

/**
 * The course of one start's health checks: when the next is due, and what a result means.
 *
 * <p>Until the first success checks come quickly (at once, then after 25 ms or a sixteenth of the time since the start,
 * up to a second), so that what depends on the container waits no longer than it must. A failure of such an extra check
 * means nothing; what counts are the failures of checks that the interval alone would have made, after the start
 * period.
 */
public final class HealthProgress {
    private static final Duration QUICKEST = Duration.ofMillis(25);
    private static final Duration SLOWEST = Duration.ofSeconds(1);
    /** The pause grows with the time that has gone by: so whoever waits loses a small part of what it waits anyway. */
    private static final int PART_OF_TIME = 16;
    /** A check that takes long does not come so often: the container must get on with what it is checked for. */
    private static final int TIMES_THE_CHECK = 3;

    private final HealthPlan plan;
    private final Instant start;
    private Instant nextRegular;
    private Instant due;
    private int failuresInARow;
    private HealthStatus status = HealthStatus.STARTING;

    /** Begins with the container's start: the first check is due at once. */
    public HealthProgress(HealthPlan plan, Instant start) {
        this.plan = plan;
        this.start = start;
        this.due = start;
        this.nextRegular = start.plus(plan.interval());
    }

    /**
     * Goes on where another engine left off: the next check is due now.
     *
     * @param start of the container
     * @param failuresInARow that counted
     */
    public static HealthProgress resumed(
            HealthPlan plan, Instant start, HealthStatus status, int failuresInARow, Instant now) {
        HealthProgress progress = new HealthProgress(plan, start);
        progress.status = status;
        progress.failuresInARow = failuresInARow;
        progress.due = now;
        progress.nextRegular = now;
        return progress;
    }

    /** When the next check is due. */
    public Instant due() {
        return due;
    }

    public HealthStatus status() {
        return status;
    }

    /** Failures that counted, since the last success. */
    public int failuresInARow() {
        return failuresInARow;
    }

    /** A check that was begun at {@code begun} has ended at {@code ended}. */
    public void result(boolean passed, Instant begun, Instant ended) {
        if (passed) {
            status = HealthStatus.HEALTHY;
            failuresInARow = 0;
        } else if (counts(begun)) {
            failuresInARow++;
            if (failuresInARow >= plan.retries()) {
                status = HealthStatus.UNHEALTHY;
            }
        }
        while (!nextRegular.isAfter(ended)) {
            nextRegular = nextRegular.plus(plan.interval());
        }
        due = status == HealthStatus.STARTING
                ? earlier(ended.plus(quickPause(begun, ended)), nextRegular)
                : regular(ended);
    }

    private boolean counts(Instant begun) {
        if (status == HealthStatus.HEALTHY || status == HealthStatus.UNHEALTHY) {
            return true;
        }
        return !begun.isBefore(nextRegular) && !begun.isBefore(start.plus(plan.startPeriod()));
    }

    private Instant regular(Instant ended) {
        nextRegular = ended.plus(plan.interval());
        return nextRegular;
    }

    private Duration quickPause(Instant begun, Instant ended) {
        Duration pause = longer(
                Duration.between(start, ended).dividedBy(PART_OF_TIME),
                Duration.between(begun, ended).multipliedBy(TIMES_THE_CHECK));
        pause = shorter(longer(pause, QUICKEST), SLOWEST);
        boolean starting = ended.isBefore(start.plus(plan.startPeriod()));
        return starting ? shorter(pause, plan.startInterval()) : pause;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
