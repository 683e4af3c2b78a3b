package dev.jcompose.engine.logs;

import java.util.Comparator;

/**
 * A place in a container's log.
 *
 * @param segment the number of a segment, from 1
 * @param offset bytes from the beginning of that segment's data
 */
public record LogPosition(long segment, long offset) implements Comparable<LogPosition> {
    private static final Comparator<LogPosition> ORDER =
            Comparator.comparingLong(LogPosition::segment).thenComparingLong(LogPosition::offset);

    public LogPosition {
        if (segment < 1 || offset < 0) {
            throw new IllegalArgumentException("no position: segment " + segment + ", offset " + offset);
        }
    }

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }
}
