package dev.jcompose.engine.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads one segment, also while it is written, and also when it has been removed meanwhile. Not thread-safe.
 *
 * <p>Chunks are numbered from 0; one is what an index entry stands for, and may be empty.
 */
final class SegmentReader implements AutoCloseable {
    private static final int INDEX_BLOCK = 4096 * IndexRecord.BYTES;

    private final long number;
    private final FileChannel data;
    private final FileChannel index;
    private long[] times = new long[64];
    private long[] starts = new long[64];
    private byte[] streams = new byte[64];
    private final Set<LogStream> continued = EnumSet.noneOf(LogStream.class);
    private int entries;
    private long dataBytes;

    /**
     * Opens a segment and looks at what is there.
     *
     * @throws java.nio.file.NoSuchFileException if it has been removed
     */
    SegmentReader(Segments segments, long number) throws IOException {
        this.number = number;
        this.data = segments.open(number);
        try {
            this.index = FileChannel.open(segments.index(number), StandardOpenOption.READ);
        } catch (IOException e) {
            data.close();
            throw e;
        }
        refresh();
    }

    long number() {
        return number;
    }

    /** The length of the data when it was last looked at. */
    long dataBytes() {
        return dataBytes;
    }

    /** Looks at what the writer has added; whether that is anything. */
    boolean refresh() throws IOException {
        // In this order, every byte that is seen has its entry.
        long size = data.size();
        boolean grown = size > dataBytes;
        if (grown || entries == 0) {
            readIndex();
        }
        dataBytes = size;
        return grown;
    }

    int chunks() {
        return entries;
    }

    long time(int chunk) {
        return times[chunk];
    }

    LogStream stream(int chunk) {
        return LogStream.of(streams[chunk]);
    }

    long start(int chunk) {
        // Should the index have lost its beginning, the first entry stands for all that comes before it.
        return chunk == 0 ? 0 : Math.min(starts[chunk], dataBytes);
    }

    long end(int chunk) {
        return chunk + 1 < entries ? Math.min(starts[chunk + 1], dataBytes) : dataBytes;
    }

    IndexRecord entry(int chunk) {
        return new IndexRecord(times[chunk], stream(chunk), starts[chunk]);
    }

    /** How many entries begin at or before {@code offset}. */
    int entriesUpTo(long offset) {
        int low = 0;
        int high = entries;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first chunk taken at or after this time; {@link #chunks()} if all are older. */
    int firstAtOrAfter(long timeNanos) {
        int low = 0;
        int high = entries;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < timeNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Streams of which a line has begun before this segment, and goes on in it. */
    Set<LogStream> continued() {
        return continued;
    }

    /** Streams of which a line has begun where the segment ends now, in it or before it. */
    Set<LogStream> unended() throws IOException {
        Set<LogStream> unended = EnumSet.noneOf(LogStream.class);
        unended.addAll(continued);
        Set<LogStream> seen = EnumSet.noneOf(LogStream.class);
        for (int chunk = entries - 1; chunk >= 0; chunk--) {
            if (end(chunk) > start(chunk) && seen.add(stream(chunk))) {
                if (endsWithLineFeed(chunk)) {
                    unended.remove(stream(chunk));
                } else {
                    unended.add(stream(chunk));
                }
            }
        }
        return unended;
    }

    /** Whether a line ends where this chunk does, which must not be empty. */
    boolean endsWithLineFeed(int chunk) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        read(last, end(chunk) - 1);
        return last.get(0) == '\n';
    }

    /** Fills {@code into} from {@code offset} on, as far as there are bytes. */
    void read(ByteBuffer into, long offset) throws IOException {
        long from = offset;
        while (into.hasRemaining()) {
            int count = data.read(into, from);
            if (count < 0) {
                return;
            }
            from += count;
        }
    }

    @Override
    public void close() throws IOException {
        try (data) {
            index.close();
        }
    }

    private void readIndex() throws IOException {
        ByteBuffer block = ByteBuffer.allocate(INDEX_BLOCK).order(IndexRecord.ORDER);
        while (true) {
            block.clear();
            long at = (long) entries * IndexRecord.BYTES;
            int count = index.read(block, at);
            block.flip();
            while (block.remaining() >= IndexRecord.BYTES) {
                add(IndexRecord.get(block));
            }
            if (count < INDEX_BLOCK) {
                return;
            }
        }
    }

    private void add(IndexRecord entry) {
        if (entries == times.length) {
            times = Arrays.copyOf(times, 2 * entries);
            starts = Arrays.copyOf(starts, 2 * entries);
            streams = Arrays.copyOf(streams, 2 * entries);
        }
        times[entries] = entry.timeNanos();
        starts[entries] = entry.offset();
        streams[entries] = (byte) entry.stream().number();
        if (entry.continued()) {
            continued.add(entry.stream());
        }
        entries++;
    }
}
