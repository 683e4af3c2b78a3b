package dev.jcompose.engine.logs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Consumer;

/** Makes lines of the bytes of one stream, however they are cut into chunks. Not thread-safe. */
final class LineAssembler {
    private static final byte LINE_FEED = '\n';
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final LogStream stream;
    private final int maxLineBytes;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
    private long begunAt;
    private boolean skipping;

    LineAssembler(LogStream stream, int maxLineBytes) {
        this.stream = stream;
        this.maxLineBytes = maxLineBytes;
    }

    /** Leaves out what comes up to the next line feed: it is the end of a line whose beginning is not wanted. */
    void skipToNextLine() {
        skipping = true;
    }

    /** Whether a line has begun and not ended. */
    boolean hasBegun() {
        return begun.size() > 0;
    }

    /** Takes bytes in, and gives every line that ends in them to {@code lines}. */
    void add(byte[] bytes, int length, long timeNanos, Consumer<LogLine> lines) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == LINE_FEED) {
                append(bytes, start, i, timeNanos, lines);
                if (!skipping) {
                    emit(timeNanos, false, lines);
                }
                skipping = false;
                start = i + 1;
            }
        }
        append(bytes, start, length, timeNanos, lines);
    }

    /** Gives what has begun as a partial line. */
    void flush(Consumer<LogLine> lines) {
        if (hasBegun()) {
            emit(begunAt, true, lines);
        }
    }

    private void append(byte[] bytes, int from, int to, long timeNanos, Consumer<LogLine> lines) {
        int start = from;
        while (!skipping && start < to) {
            if (begun.size() == maxLineBytes) {
                emit(begunAt, true, lines);
            }
            if (!hasBegun()) {
                begunAt = timeNanos;
            }
            int count = Math.min(to - start, maxLineBytes - begun.size());
            begun.write(bytes, start, count);
            start += count;
        }
    }

    private void emit(long timeNanos, boolean partial, Consumer<LogLine> lines) {
        long time = hasBegun() ? begunAt : timeNanos;
        lines.accept(new LogLine(
                Instant.ofEpochSecond(Math.floorDiv(time, NANOS_PER_SECOND), Math.floorMod(time, NANOS_PER_SECOND)),
                stream,
                ByteBuffer.wrap(begun.toByteArray()),
                partial));
        begun.reset();
    }
}
