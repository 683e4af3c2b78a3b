package dev.jcompose.engine.logs;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments as the writer sees them: appends to the newest, begins another when that is full, drops the oldest. */
final class SegmentChain implements LogSink {
    private static final Logger log = LoggerFactory.getLogger(SegmentChain.class);
    /** As much as is moved at once, so that one container does not keep the others waiting. */
    private static final long MAX_MOVE_BYTES = 256 * 1024;

    private final Linux linux;
    private final Segments segments;
    private final LogLimits limits;
    private final Executor background;
    private SegmentWriter current;
    private long lastTimeNanos;

    SegmentChain(Linux linux, Path directory, LogLimits limits, Executor background) throws IOException {
        this.linux = linux;
        this.background = background;
        this.segments = new Segments(directory);
        this.limits = limits;
        List<Long> numbers = segments.numbers();
        current = SegmentWriter.open(linux, segments, numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1));
        lastTimeNanos = current.lastTimeNanos();
    }

    /**
     * Moves what is in a pipe, up to a bound, to the end of the log.
     *
     * @param nowNanos the time since the epoch; should the clock have been set back, the time of the last bytes counts
     * @return as {@link SegmentWriter#move}
     */
    @Override
    public long move(Fd pipe, LogStream stream, long nowNanos) throws IOException {
        if (current.dataBytes() >= limits.maxBytes()) {
            rotate();
        }
        long room = limits.maxBytes() - current.dataBytes();
        return current.move(pipe, stream, monotonic(nowNanos), Math.min(room, MAX_MOVE_BYTES));
    }

    /**
     * Appends what was saved in a file when nobody read the pipe, and removes the file. Whatever happens between, it is
     * in the log once; should something else have been written since a try that was cut short, it is at the end.
     */
    @Override
    public void append(LogStream stream, Path source, long nowNanos) throws IOException {
        LogPosition end = end();
        SavedRest rest =
                SavedRest.claim(segments.directory(), stream, source, end).orElse(null);
        if (rest == null) {
            return;
        }
        byte[] bytes = Files.readAllBytes(rest.file());
        LogPosition begun = rest.position();
        if (begun.segment() == end.segment()
                && begun.offset() < end.offset()
                && end.offset() <= begun.offset() + bytes.length) {
            current.truncate(segments, begun.offset());
        }
        current.append(stream, monotonic(nowNanos), bytes);
        Files.delete(rest.file());
    }

    @Override
    public LogPosition end() {
        return new LogPosition(current.number(), current.dataBytes());
    }

    @Override
    public void close() {
        current.close();
    }

    private long monotonic(long nowNanos) {
        lastTimeNanos = Math.max(lastTimeNanos, nowNanos);
        return lastTimeNanos;
    }

    private void rotate() throws IOException {
        long next = current.number() + 1;
        SegmentWriter opened = SegmentWriter.open(linux, segments, next);
        try {
            // When the segment before is gone, it can be told that a line has lost its beginning.
            for (LogStream stream : unendedLines()) {
                opened.continueLine(stream, lastTimeNanos);
            }
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        current.close();
        current = opened;
        if (limits.compress() && limits.maxFiles() > 1) {
            background.execute(() -> compress(next - 1));
        }
        for (long number : segments.numbers()) {
            if (number <= next - limits.maxFiles()) {
                segments.delete(number);
            }
        }
    }

    private Set<LogStream> unendedLines() throws IOException {
        try (SegmentReader written = new SegmentReader(segments, current.number())) {
            return written.unended();
        }
    }

    /** One that stays as it is can be read as well. */
    private void compress(long number) {
        try {
            SegmentCompression.compress(segments, number);
        } catch (IOException e) {
            log.warn("cannot compress {}: {}", segments.data(number), e.getMessage());
        }
    }
}
