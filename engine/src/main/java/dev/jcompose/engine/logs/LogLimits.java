package dev.jcompose.engine.logs;

/**
 * How much of a container's output is kept.
 *
 * @param maxBytes size at which a segment is followed by the next, at least 4096
 * @param maxFiles how many segments there are at most, the current one included; at least 1
 * @param compress whether segments that are full are compressed
 */
public record LogLimits(long maxBytes, int maxFiles, boolean compress) {
    /** 10 MB, three times. */
    public static final LogLimits DEFAULT = new LogLimits(10_000_000, 3);

    private static final long MIN_BYTES = 4096;

    public LogLimits {
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException("log size of %d bytes is below %d".formatted(maxBytes, MIN_BYTES));
        }
        if (maxFiles < 1) {
            throw new IllegalArgumentException("number of log files %d is below 1".formatted(maxFiles));
        }
    }

    /** Without compression. */
    public LogLimits(long maxBytes, int maxFiles) {
        this(maxBytes, maxFiles, false);
    }
}
