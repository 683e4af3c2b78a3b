package dev.jcompose.engine.supervise;

import java.time.Duration;
import java.util.List;

/**
 * A health check with nothing left open.
 *
 * @param command as it is executed
 * @param interval between checks once one has passed
 * @param timeout after which a check counts as failed
 * @param retries failures in a row that make it unhealthy
 * @param startPeriod in which failures do not count
 * @param startInterval the longest pause between checks in the start period
 */
public record HealthPlan(
        List<String> command,
        Duration interval,
        Duration timeout,
        int retries,
        Duration startPeriod,
        Duration startInterval) {

    public HealthPlan {
        command = List.copyOf(command);
    }
}
