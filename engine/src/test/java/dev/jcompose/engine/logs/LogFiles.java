package dev.jcompose.engine.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes segments byte by byte as a test wants them, and reads a log in one go. */
final class LogFiles {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    final Path directory;
    private final Segments segments;
    private long number = 1;
    private long lastNanos;

    LogFiles(Path directory) throws IOException {
        this.directory = directory;
        this.segments = new Segments(directory);
        nextSegment(1);
    }

    /** A chunk at a number of seconds since the epoch. */
    LogFiles chunk(long seconds, LogStream stream, String text) throws IOException {
        return chunk(seconds, stream, text.getBytes(UTF_8));
    }

    LogFiles chunk(long seconds, LogStream stream, byte[] bytes) throws IOException {
        lastNanos = seconds * NANOS_PER_SECOND;
        entry(new IndexRecord(lastNanos, stream, Files.size(segments.data(number))));
        Files.write(segments.data(number), bytes, StandardOpenOption.APPEND);
        return this;
    }

    private void entry(IndexRecord record) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(IndexRecord.BYTES).order(IndexRecord.ORDER);
        record.put(entry);
        Files.write(segments.index(number), entry.array(), StandardOpenOption.APPEND);
    }

    /** Begins another segment, which goes on with the lines that have begun, as the writer notes it. */
    LogFiles nextSegment() throws IOException {
        Set<LogStream> unended;
        try (SegmentReader before = new SegmentReader(segments, number)) {
            unended = before.unended();
        }
        nextSegment(number + 1);
        for (LogStream stream : unended) {
            entry(new IndexRecord(lastNanos, stream, 0, true));
        }
        return this;
    }

    /** The time of the newest chunk of a segment; of an empty one, before all. */
    long lastSecond(long segment) throws IOException {
        try (SegmentReader reader = new SegmentReader(segments, segment)) {
            return reader.chunks() == 0 ? -1 : reader.time(reader.chunks() - 1) / NANOS_PER_SECOND;
        }
    }

    List<Long> segments() throws IOException {
        return segments.numbers();
    }

    void delete(long segment) throws IOException {
        segments.delete(segment);
    }

    /** Every line now, and what has begun: {@code "1 OUT text"}, with {@code ~} behind a partial one. */
    List<String> lines(LogQuery query) throws IOException {
        try (LogReader reader = LogReader.open(directory, query)) {
            List<String> lines = available(reader);
            reader.rest().forEach(line -> lines.add(show(line)));
            return lines;
        }
    }

    static List<String> available(LogReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (LogLine line = reader.next(); line != null; line = reader.next()) {
            lines.add(show(line));
        }
        return lines;
    }

    static String show(LogLine line) {
        String stream = line.stream() == LogStream.STDOUT ? " OUT " : " ERR ";
        return line.time().getEpochSecond() + stream + line.utf8() + (line.partial() ? "~" : "");
    }

    static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    private void nextSegment(long next) throws IOException {
        number = next;
        Files.createFile(segments.index(number));
        Files.createFile(segments.data(number));
    }
}
