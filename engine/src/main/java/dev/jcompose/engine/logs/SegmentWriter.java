package dev.jcompose.engine.logs;

import static dev.jcompose.linux.Fcntl.AT_EMPTY_PATH;
import static dev.jcompose.linux.Fcntl.O_APPEND;
import static dev.jcompose.linux.Fcntl.O_CREAT;
import static dev.jcompose.linux.Fcntl.O_RDWR;

import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one segment. The order of the two steps is what makes it safe to be killed at any moment: first the index
 * says whose the next bytes will be, then one system call takes them out of the pipe and into the file.
 */
final class SegmentWriter implements AutoCloseable {
    private static final int OWNER_ONLY = 0600;
    /** Bytes that come this soon after an index entry of their stream count as of the same time. */
    private static final long SAME_TIME_NANOS = 1_000_000;

    private final Linux linux;
    private final long number;
    private final Fd data;
    private final Fd index;
    private final ByteBuffer record =
            ByteBuffer.allocateDirect(IndexRecord.BYTES).order(IndexRecord.ORDER);
    private long dataBytes;
    private long indexBytes;
    private @Nullable IndexRecord last;

    private SegmentWriter(Linux linux, long number, Fd data, Fd index) {
        this.linux = linux;
        this.number = number;
        this.data = data;
        this.index = index;
    }

    /** Opens a segment, new or left by an engine that is gone. */
    static SegmentWriter open(Linux linux, Segments segments, long number) throws IOException {
        // The index first: what has data has an index.
        Fd index =
                linux.files().openat(null, segments.index(number).toString(), O_RDWR | O_CREAT | O_APPEND, OWNER_ONLY);
        try {
            Fd data = linux.files().openat(null, segments.data(number).toString(), O_RDWR | O_CREAT, OWNER_ONLY);
            SegmentWriter writer = new SegmentWriter(linux, number, data, index);
            try {
                writer.recover(segments);
                return writer;
            } catch (IOException | RuntimeException e) {
                data.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            index.close();
            throw e;
        }
    }

    /**
     * Moves bytes from a pipe to the end of the data.
     *
     * @param timeNanos now, in nanoseconds since the epoch
     * @return how many; 0 if the pipe is empty and nobody has it open for writing any more
     * @throws IOException {@code EAGAIN} if the pipe is empty; {@code ENOSPC} and others if the file cannot take them,
     *     which are in the pipe still
     */
    long move(Fd pipe, LogStream stream, long timeNanos, long maxBytes) throws IOException {
        if (last == null || last.stream() != stream || timeNanos - last.timeNanos() > SAME_TIME_NANOS) {
            append(new IndexRecord(timeNanos, stream, dataBytes));
        }
        long moved = linux.events().spliceToFile(pipe, data, dataBytes, maxBytes, EventCalls.SPLICE_F_NONBLOCK);
        dataBytes += moved;
        return moved;
    }

    /** Appends bytes that are not in a pipe. */
    void append(LogStream stream, long timeNanos, byte[] bytes) throws IOException {
        append(new IndexRecord(timeNanos, stream, dataBytes));
        try (FileChannel file = FileChannel.open(data.procPath(), StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                dataBytes += file.write(left, dataBytes);
            }
        }
    }

    /** Notes in a new segment that the stream's first bytes will go on with a line of the segment before. */
    void continueLine(LogStream stream, long timeNanos) throws IOException {
        append(new IndexRecord(timeNanos, stream, dataBytes, true));
    }

    /** Cuts the data off at {@code offset}, and the index with it. */
    void truncate(Segments segments, long offset) throws IOException {
        linux.files().ftruncate(data, offset);
        recover(segments);
    }

    long number() {
        return number;
    }

    long dataBytes() {
        return dataBytes;
    }

    /** The time of the newest entry, {@link Long#MIN_VALUE} if there is none. */
    long lastTimeNanos() {
        return last == null ? Long.MIN_VALUE : last.timeNanos();
    }

    @Override
    public void close() {
        data.close();
        index.close();
    }

    private void append(IndexRecord entry) throws IOException {
        record.clear();
        entry.put(record);
        record.flip();
        try {
            int written = linux.files().write(index, record);
            if (written < IndexRecord.BYTES) {
                // The disk is full to within a few bytes; the next try will say so.
                linux.files().ftruncate(index, indexBytes);
                append(entry);
                return;
            }
        } catch (IOException e) {
            last = null;
            throw e;
        }
        indexBytes += IndexRecord.BYTES;
        last = entry;
    }

    private long sizeBytes(Fd file) throws IOException {
        return linux.files().statx(file, "", AT_EMPTY_PATH).sizeBytes();
    }

    /** Drops what a crash of the machine may have left at the end of the index: half an entry, or one without data. */
    private void recover(Segments segments) throws IOException {
        dataBytes = sizeBytes(data);
        if (dataBytes == 0 && sizeBytes(index) == 0) {
            last = null;
            indexBytes = 0;
            return;
        }
        try (SegmentReader reader = new SegmentReader(segments, number)) {
            int kept = reader.entriesUpTo(dataBytes);
            last = kept == 0 ? null : reader.entry(kept - 1);
            indexBytes = (long) kept * IndexRecord.BYTES;
        }
        linux.files().ftruncate(index, indexBytes);
        if (last == null && dataBytes > 0) {
            append(new IndexRecord(0, LogStream.STDOUT, 0));
        }
    }
}
