package dev.jcompose.engine;

import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;

/**
 * Knows when the engine has nothing to do any more: no container runs or will be restarted, and no request is open, for
 * a while.
 */
final class IdleWatch {
    /** How often to look, in milliseconds. */
    static final long CHECK_MILLIS = 1000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ContainerTable table;
    private final IntSupplier openRequests;
    private final Clock clock;
    private Instant busy;

    IdleWatch(ContainerTable table, IntSupplier openRequests, Clock clock) {
        this.table = table;
        this.openRequests = openRequests;
        this.clock = clock;
        this.busy = clock.instant();
    }

    /** Whether nothing has happened for long enough. */
    boolean isOver() {
        Instant now = clock.instant();
        boolean working = openRequests.getAsInt() > 0
                || table.stream()
                        .map(container -> container.status().state())
                        .anyMatch(state -> state == ContainerState.RUNNING
                                || state == ContainerState.PAUSED
                                || state == ContainerState.RESTARTING);
        if (working) {
            busy = now;
        }
        return Duration.between(busy, now).compareTo(PATIENCE) > 0;
    }
}
