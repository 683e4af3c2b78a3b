package dev.jcompose.engine.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks over the chunks of a log from its end, or from a place in it, towards its beginning. */
final class BackwardChunks implements AutoCloseable {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final Segments segments;
    private final List<Long> numbers;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private int nextNumber;
    private @Nullable SegmentReader segment;
    private int chunk;
    private Set<LogStream> continued = Set.of();

    /** Stands behind the last chunk. */
    BackwardChunks(Segments segments) throws IOException {
        this.segments = segments;
        this.numbers = segments.numbers();
        this.nextNumber = numbers.size() - 1;
    }

    /** Stands behind the last chunk that begins before {@code position}. */
    BackwardChunks(Segments segments, LogPosition position) throws IOException {
        this(segments);
        while (nextNumber >= 0 && numbers.get(nextNumber) > position.segment()) {
            nextNumber--;
        }
        if (nextNumber >= 0 && numbers.get(nextNumber) == position.segment() && open()) {
            while (chunk > 0 && reader().start(chunk - 1) >= position.offset()) {
                chunk--;
            }
        }
    }

    /** Goes to the chunk before, which has at least one byte; false at the beginning of the log. */
    boolean previous() throws IOException {
        while (true) {
            while (segment != null && chunk > 0) {
                chunk--;
                if (segment.end(chunk) > segment.start(chunk)) {
                    return true;
                }
            }
            if (nextNumber < 0 || !open()) {
                return false;
            }
        }
    }

    LogStream stream() {
        return reader().stream(chunk);
    }

    long timeNanos() {
        return reader().time(chunk);
    }

    LogPosition start() {
        return new LogPosition(reader().number(), reader().start(chunk));
    }

    /** At the beginning of the log: the streams of which a line has begun before it, in what has been removed. */
    Set<LogStream> continued() {
        return continued;
    }

    boolean endsWithLineFeed() throws IOException {
        return reader().endsWithLineFeed(chunk);
    }

    long lineFeeds() throws IOException {
        long count = 0;
        long end = reader().end(chunk);
        for (long at = reader().start(chunk); at < end; at += BLOCK_BYTES) {
            block.clear().limit((int) Math.min(BLOCK_BYTES, end - at));
            reader().read(block, at);
            for (int i = 0; i < block.position(); i++) {
                if (block.get(i) == '\n') {
                    count++;
                }
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        if (segment != null) {
            segment.close();
        }
    }

    /** Goes behind the last chunk of the segment before; false if it has been removed, and what was before it too. */
    private boolean open() throws IOException {
        close();
        try {
            segment = new SegmentReader(segments, numbers.get(nextNumber--));
            chunk = segment.chunks();
            continued = segment.continued();
            return true;
        } catch (NoSuchFileException e) {
            segment = null;
            nextNumber = -1;
            return false;
        }
    }

    private SegmentReader reader() {
        if (segment == null) {
            throw new IllegalStateException("not at a chunk");
        }
        return segment;
    }
}
