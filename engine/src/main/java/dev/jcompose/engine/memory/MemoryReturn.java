package dev.jcompose.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Gives memory back to the system after operations. With a young generation as small as the engine's, some of what an
 * operation has left moves to the old one, where nothing looks before that is full: ten times up and down of 50
 * containers left 50 MB. A collection takes some 20 ms, and what it gives back has to be had again: so it waits until
 * the heap has not grown for a while.
 */
final class HeapReturn {
    private static final long GROWTH_BYTES = 1L << 20;
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final Clock clock;
    private Instant grown = Instant.EPOCH;
    private long committedBytes;
    private long returnedToBytes;

    HeapReturn(Clock clock) {
        this.clock = clock;
    }

    /** Collects if the heap has grown since the last time, and does not grow any more; called once a second or so. */
    void check() {
        Instant now = clock.instant();
        long committed = Runtime.getRuntime().totalMemory();
        if (committed != committedBytes) {
            committedBytes = committed;
            grown = now;
        } else if (committed - returnedToBytes > GROWTH_BYTES
                && Duration.between(grown, now).compareTo(QUIET) > 0) {
            System.gc();
            committedBytes = Runtime.getRuntime().totalMemory();
            returnedToBytes = committedBytes;
        }
    }
}
