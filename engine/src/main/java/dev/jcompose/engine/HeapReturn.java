package dev.jcompose.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Gives memory back to the system after operations. With a young generation as small as the engine's, some of what an
 * operation has left moves to the old one, where nothing looks before that is full: ten times up and down of 50
 * containers left 50 MB. A collection takes some 20 ms.
 */
final class HeapReturn {
    private static final long GROWTH_BYTES = 1L << 20;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Clock clock;
    private Instant last = Instant.EPOCH;
    private long committedBytes;

    HeapReturn(Clock clock) {
        this.clock = clock;
    }

    /** Collects if the heap has grown since the last time; called once a second or so. */
    void check() {
        Instant now = clock.instant();
        long committed = Runtime.getRuntime().totalMemory();
        if (committed - committedBytes > GROWTH_BYTES
                && Duration.between(last, now).compareTo(PAUSE) > 0) {
            System.gc();
            last = now;
            committedBytes = Runtime.getRuntime().totalMemory();
        }
    }
}
