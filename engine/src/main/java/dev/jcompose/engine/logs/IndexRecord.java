package dev.jcompose.engine.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An entry of a segment's index: from {@code offset} to the next entry's offset, or to the end of the data, the bytes
 * are of {@code stream} and were taken at {@code timeNanos}. An entry that no data follows is harmless.
 *
 * @param timeNanos nanoseconds since the epoch, never less than in the entry before
 * @param continued whether the stream's first bytes in the segment go on with a line of the segment before
 */
record IndexRecord(long timeNanos, LogStream stream, long offset, boolean continued) {
    /**
     * On disk: the time, then the offset shifted by a byte that holds the stream and, as its highest bit, whether it is
     * continued; both little-endian.
     */
    static final int BYTES = 16;

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private static final int STREAM_BITS = 8;
    private static final int CONTINUED = 0x80;

    IndexRecord(long timeNanos, LogStream stream, long offset) {
        this(timeNanos, stream, offset, false);
    }

    void put(ByteBuffer out) {
        out.putLong(timeNanos).putLong(offset << STREAM_BITS | stream.number() | (continued ? CONTINUED : 0));
    }

    static IndexRecord get(ByteBuffer in) {
        long time = in.getLong();
        long packed = in.getLong();
        return new IndexRecord(
                time,
                LogStream.of((int) (packed & (CONTINUED - 1))),
                packed >>> STREAM_BITS,
                (packed & CONTINUED) != 0);
    }
}
