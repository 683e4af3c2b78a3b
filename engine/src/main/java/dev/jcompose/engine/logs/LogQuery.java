package dev.jcompose.engine.logs;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of one log are wanted.
 *
 * @param from begin at this place; null for the beginning of the log
 * @param since only lines of this time or later; null for all
 * @param until only lines of this time or earlier; null for all, and for those to come
 * @param tail only the last so many of the lines that are there, and all that come later; -1 for all
 * @param streams which outputs
 */
public record LogQuery(
        @Nullable LogPosition from,
        @Nullable Instant since,
        @Nullable Instant until,
        int tail,
        Set<LogStream> streams) {
    /** Everything. */
    public static final LogQuery ALL = new LogQuery(null, null, null, -1, Set.of(LogStream.values()));

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    public LogQuery {
        if (tail < -1) {
            throw new IllegalArgumentException("number of lines " + tail + " is below 0");
        }
        streams = Set.copyOf(streams);
    }

    /** The same from a place on; together with {@link #withTail} the later of both counts. */
    public LogQuery withFrom(@Nullable LogPosition position) {
        return new LogQuery(position, since, until, tail, streams);
    }

    /** The same within these times. */
    public LogQuery withTimes(@Nullable Instant earliest, @Nullable Instant latest) {
        return new LogQuery(from, earliest, latest, tail, streams);
    }

    /** The same with the last lines only, -1 for all. */
    public LogQuery withTail(int lines) {
        return new LogQuery(from, since, until, lines, streams);
    }

    /** The same of these outputs only. */
    public LogQuery withStreams(Set<LogStream> wanted) {
        return new LogQuery(from, since, until, tail, wanted);
    }

    boolean accepts(LogLine line) {
        return (since == null || !line.time().isBefore(since))
                && (until == null || !line.time().isAfter(until));
    }

    long sinceNanos() {
        return since == null ? Long.MIN_VALUE : nanos(since);
    }

    long untilNanos() {
        return until == null ? Long.MAX_VALUE : nanos(until);
    }

    private static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
