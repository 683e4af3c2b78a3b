package dev.jcompose.engine.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Knows when a number of bytes has grown, and then has stayed as it is for a while. */
final class Growth {
    private static final Duration QUIET = Duration.ofSeconds(5);
    /** A change by less than this part of what matters is none. */
    private static final int NOISE = 16;

    private final long mattersBytes;
    private final Clock clock;
    private Instant changed = Instant.EPOCH;
    private long nowBytes;
    private long fromBytes;

    /** @param mattersBytes growth by less is none */
    Growth(long mattersBytes, Clock clock) {
        this.mattersBytes = mattersBytes;
        this.clock = clock;
    }

    /** It is so much now. */
    void now(long bytes) {
        if (Math.abs(bytes - nowBytes) > mattersBytes / NOISE) {
            nowBytes = bytes;
            changed = clock.instant();
        }
    }

    /** Whether it has grown since the last {@link #restart}. */
    boolean matters() {
        return nowBytes - fromBytes > mattersBytes;
    }

    /** Whether it has grown, and not changed for a while. */
    boolean isOver() {
        return matters() && Duration.between(changed, clock.instant()).compareTo(QUIET) > 0;
    }

    /** From here on it grows. */
    void restart(long bytes) {
        nowBytes = bytes;
        fromBytes = bytes;
    }
}
