package dev.jcompose.engine.logs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where to begin reading so that what a query wants is read from the beginning of a line on.
 *
 * @param position the place
 * @param cut streams of which a line has begun before, whose rest is to be left out
 */
record LogStart(LogPosition position, Set<LogStream> cut) {

    static LogStart find(Segments segments, LogQuery query) throws IOException {
        LogStart start;
        if (query.tail() >= 0) {
            start = tail(segments, query);
        } else if (query.since() != null) {
            start = since(segments, query);
        } else {
            start = beginning(segments);
        }
        LogPosition from = query.from();
        return from != null && from.compareTo(start.position) > 0 ? new LogStart(from, Set.of()) : start;
    }

    private static LogStart beginning(Segments segments) throws IOException {
        List<Long> numbers = segments.numbers();
        LogPosition first = new LogPosition(numbers.isEmpty() ? 1 : numbers.get(0), 0);
        try (SegmentReader segment = new SegmentReader(segments, first.segment())) {
            return new LogStart(first, segment.continued());
        } catch (NoSuchFileException e) {
            // There is none yet, or it has been removed since: the reader finds the next.
            return new LogStart(first, Set.of());
        }
    }

    /**
     * A place from which on at least the wanted number of lines end, each read from its beginning. Lines that end
     * before those may be read too, and be cut; only the last ones are of use.
     */
    private static LogStart tail(Segments segments, LogQuery query) throws IOException {
        LogPosition start = segments.end();
        Set<LogStream> begun = EnumSet.noneOf(LogStream.class);
        try (BackwardChunks chunks = new BackwardChunks(segments)) {
            long lines = 0;
            while (lines < query.tail() && chunks.previous()) {
                if (query.streams().contains(chunks.stream())) {
                    begun.add(chunks.stream());
                    start = chunks.start();
                    // What is later may still hold the end of a line that is wanted, but such are not counted on.
                    lines += chunks.timeNanos() <= query.untilNanos() ? chunks.lineFeeds() : 0;
                }
            }
            while (!begun.isEmpty() && chunks.previous()) {
                if (begun.contains(chunks.stream())) {
                    boolean complete = chunks.endsWithLineFeed();
                    if (!complete) {
                        start = chunks.start();
                    }
                    if (complete || chunks.lineFeeds() > 0) {
                        begun.remove(chunks.stream());
                    }
                }
            }
            // Those left have nothing older in the log.
            begun.retainAll(chunks.continued());
        }
        return new LogStart(start, begun);
    }

    private static LogStart since(Segments segments, LogQuery query) throws IOException {
        LogPosition start = firstAtOrAfter(segments, query.sinceNanos());
        Set<LogStream> cut = EnumSet.noneOf(LogStream.class);
        Set<LogStream> unknown = EnumSet.allOf(LogStream.class);
        try (BackwardChunks chunks = new BackwardChunks(segments, start)) {
            while (!unknown.isEmpty() && chunks.previous()) {
                if (unknown.remove(chunks.stream()) && !chunks.endsWithLineFeed()) {
                    cut.add(chunks.stream());
                }
            }
            unknown.retainAll(chunks.continued());
            cut.addAll(unknown);
        }
        return new LogStart(start, cut);
    }

    private static LogPosition firstAtOrAfter(Segments segments, long timeNanos) throws IOException {
        for (long number : segments.numbers()) {
            Optional<LogPosition> found = firstAtOrAfter(segments, number, timeNanos);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return segments.end();
    }

    private static Optional<LogPosition> firstAtOrAfter(Segments segments, long number, long timeNanos)
            throws IOException {
        try (SegmentReader segment = new SegmentReader(segments, number)) {
            int chunk = segment.firstAtOrAfter(timeNanos);
            return chunk < segment.chunks()
                    ? Optional.of(new LogPosition(number, segment.start(chunk)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            // Removed since the names were read, so it was the oldest: what is wanted begins in a later one.
            return Optional.empty();
        }
    }
}
