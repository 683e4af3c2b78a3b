package dev.jcompose.engine.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log as lines, in the order in which they end: what is there, and on being asked again what has come since. It
 * reads the files only, so it works beside any writer, and without one. Not thread-safe; blocks on the disk.
 */
public final class LogReader implements AutoCloseable {
    /** A longer line is given in parts. */
    public static final int MAX_LINE_BYTES = 1 << 20;

    private static final int BLOCK_BYTES = 64 * 1024;

    private final Segments segments;
    private final LogQuery query;
    private final Map<LogStream, LineAssembler> assemblers = new EnumMap<>(LogStream.class);
    private final Queue<LogLine> lines = new ArrayDeque<>();
    private final byte[] block = new byte[BLOCK_BYTES];
    private @Nullable SegmentReader segment;
    private LogPosition position;
    private int chunk;
    private boolean done;
    private Supplier<@Nullable LogPosition> end = () -> null;

    private LogReader(Segments segments, LogQuery query, LogStart start) {
        this.segments = segments;
        this.query = query;
        this.position = start.position();
        for (LogStream stream : query.streams()) {
            assemblers.put(stream, new LineAssembler(stream, MAX_LINE_BYTES));
        }
        restart(start.cut());
    }

    private void restart(Set<LogStream> cut) {
        assemblers.forEach((stream, assembler) -> assembler.restart(cut.contains(stream)));
    }

    static LogReader open(Path directory, LogQuery query) throws IOException {
        Segments segments = new Segments(directory);
        LogPosition end = segments.end();
        LogReader reader = new LogReader(segments, query, LogStart.find(segments, query));
        if (query.tail() >= 0) {
            try {
                reader.keepLast(query.tail(), end);
            } catch (IOException | RuntimeException e) {
                reader.close();
                throw e;
            }
        }
        return reader;
    }

    /** The next line; null when there is none now. */
    public @Nullable LogLine next() throws IOException {
        while (lines.isEmpty()) {
            if (!advance()) {
                return null;
            }
        }
        return lines.poll();
    }

    /**
     * The lines that have begun and not ended, as partial ones: to be called when {@link #next} has returned null and
     * nothing more is to come, or when what a prompt says is wanted before its line ends.
     */
    public List<LogLine> rest() {
        assemblers.values().forEach(assembler -> assembler.flush(this::take));
        List<LogLine> rest = List.copyOf(lines);
        lines.clear();
        return rest;
    }

    /** Up to where the log has been read; lines that have not been taken yet, or have not ended, are before it. */
    public LogPosition position() {
        return position;
    }

    /** Likewise; empty when there are such lines, which who begins here would miss. */
    public Optional<LogPosition> boundary() {
        boolean begun = assemblers.values().stream().anyMatch(LineAssembler::hasBegun);
        return begun || !lines.isEmpty() ? Optional.empty() : Optional.of(position);
    }

    /** Whether no line can come any more, because all that are wanted are older. */
    public boolean isDone() {
        return done && lines.isEmpty();
    }

    /** Reads nothing behind the position that is given at the time, null for no end. */
    void stopAt(Supplier<@Nullable LogPosition> position) {
        end = position;
    }

    @Override
    public void close() throws IOException {
        if (segment != null) {
            segment.close();
            segment = null;
        }
        done = true;
    }

    /** Reads all lines up to {@code end}, and drops all but the last ones. */
    private void keepLast(int count, LogPosition end) throws IOException {
        while (position.compareTo(end) < 0 && advance()) {
            while (lines.size() > count) {
                lines.remove();
            }
        }
    }

    /** Reads on by one block; false when there is nothing more now. */
    private boolean advance() throws IOException {
        if (done) {
            return false;
        }
        SegmentReader current = segment == null ? open(position.segment(), position.offset()) : segment;
        if (current == null) {
            return false;
        }
        if (position.offset() >= current.dataBytes() && !current.refresh()) {
            if (segments.after(current.number()).isEmpty()) {
                return false;
            }
            // The writer may have filled the segment between the look at its end and the look for the next one.
            return current.refresh() || open(current.number() + 1, 0) != null;
        }
        // Asked for after the look at the file: what is seen there and has no end yet, belongs to what is read.
        long left = leftUpTo(end.get(), current);
        if (left <= 0) {
            return false;
        }
        readBlock(current, left);
        return true;
    }

    private long leftUpTo(@Nullable LogPosition stop, SegmentReader current) {
        if (stop == null || stop.segment() > current.number()) {
            return current.dataBytes() - position.offset();
        }
        return stop.segment() < current.number() ? 0 : Math.min(stop.offset(), current.dataBytes()) - position.offset();
    }

    private void readBlock(SegmentReader current, long left) throws IOException {
        long offset = position.offset();
        while (chunk + 1 < current.chunks() && current.end(chunk) <= offset) {
            chunk++;
        }
        if (current.time(chunk) > query.untilNanos()
                && assemblers.values().stream().noneMatch(LineAssembler::hasBegun)) {
            done = true;
            return;
        }
        int length = (int) Math.min(Math.min(BLOCK_BYTES, left), current.end(chunk) - offset);
        LineAssembler assembler = assemblers.get(current.stream(chunk));
        if (assembler != null) {
            current.read(ByteBuffer.wrap(block, 0, length), offset);
            assembler.add(block, length, current.time(chunk), this::take);
        }
        position = new LogPosition(current.number(), offset + length);
    }

    /** Goes to a segment, or if that has been removed, to the oldest after it; null if there is none yet. */
    private @Nullable SegmentReader open(long number, long offset) throws IOException {
        long wanted = number;
        long from = offset;
        while (true) {
            try {
                SegmentReader opened = new SegmentReader(segments, wanted);
                close();
                done = false;
                segment = opened;
                chunk = Math.max(0, opened.entriesUpTo(from) - 1);
                position = new LogPosition(wanted, from);
                if (wanted != number) {
                    restart(opened.continued());
                }
                return opened;
            } catch (NoSuchFileException e) {
                OptionalLong next = segments.after(wanted);
                if (next.isEmpty()) {
                    return null;
                }
                wanted = next.getAsLong();
                from = 0;
            }
        }
    }

    private void take(LogLine line) {
        if (query.accepts(line)) {
            lines.add(line);
        }
    }
}
