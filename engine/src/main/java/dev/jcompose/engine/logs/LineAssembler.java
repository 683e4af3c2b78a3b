package dev.jcompose.engine.logs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;

/** Makes lines of the bytes of one stream, however they are cut into chunks. Not thread-safe. */
final class LineAssembler {
    private static final byte LINE_FEED = '\n';
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final LogStream stream;
    private final int maxLineBytes;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
    private long begunAt;
    private long lastNanos;
    private Instant lastInstant = Instant.EPOCH;
    private boolean skipping;

    LineAssembler(LogStream stream, int maxLineBytes) {
        this.stream = stream;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Forgets what has begun, because the bytes after it are missing.
     *
     * @param cut whether what comes up to the next line feed is left out: the end of a line without its beginning
     */
    void restart(boolean cut) {
        begun.reset();
        skipping = cut;
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
                end(bytes, start, i, timeNanos, lines);
                start = i + 1;
            }
        }
        append(bytes, start, length, timeNanos, lines);
    }

    private void end(byte[] bytes, int from, int to, long timeNanos, Consumer<LogLine> lines) {
        if (skipping) {
            skipping = false;
        } else if (!hasBegun() && to - from <= maxLineBytes) {
            lines.accept(new LogLine(
                    instant(timeNanos), stream, ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to)), false));
        } else {
            append(bytes, from, to, timeNanos, lines);
            emit(false, lines);
        }
    }

    /** Gives what has begun as a partial line. */
    void flush(Consumer<LogLine> lines) {
        if (hasBegun()) {
            emit(true, lines);
        }
    }

    private void append(byte[] bytes, int from, int to, long timeNanos, Consumer<LogLine> lines) {
        int start = from;
        while (!skipping && start < to) {
            if (begun.size() == maxLineBytes) {
                emit(true, lines);
            }
            if (!hasBegun()) {
                begunAt = timeNanos;
            }
            int count = Math.min(to - start, maxLineBytes - begun.size());
            begun.write(bytes, start, count);
            start += count;
        }
    }

    private void emit(boolean partial, Consumer<LogLine> lines) {
        lines.accept(new LogLine(instant(begunAt), stream, ByteBuffer.wrap(begun.toByteArray()), partial));
        begun.reset();
    }

    /** Many lines have the same time, that of their chunk. */
    private Instant instant(long timeNanos) {
        if (timeNanos != lastNanos) {
            lastNanos = timeNanos;
            lastInstant = Instant.ofEpochSecond(
                    Math.floorDiv(timeNanos, NANOS_PER_SECOND), Math.floorMod(timeNanos, NANOS_PER_SECOND));
        }
        return lastInstant;
    }
}
