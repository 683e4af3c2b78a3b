package dev.jcompose.images.layer;

/**
 * What a layer may hold, so that a small hostile file cannot fill the machine.
 *
 * @param maxBytes of all files together, uncompressed
 * @param maxEntries in the tar file
 * @param maxPathBytes of one path in UTF-8
 * @param maxHeaderBytes of one entry's headers: long names and extended attributes
 */
public record UnpackLimits(long maxBytes, long maxEntries, int maxPathBytes, int maxHeaderBytes) {
    /** 128 GiB in 8 million entries, paths as long as the kernel takes them (PATH_MAX), headers of 1 MiB. */
    public static final UnpackLimits DEFAULT = new UnpackLimits(128L << 30, 8_000_000, 4095, 1 << 20);

    /** Of free room, one part in so many is left to others. */
    private static final int LEFT_PART = 50;

    /** The same on a disk where no more bytes than these are free. */
    public UnpackLimits within(long freeBytes) {
        return new UnpackLimits(
                Math.min(maxBytes, freeBytes - freeBytes / LEFT_PART), maxEntries, maxPathBytes, maxHeaderBytes);
    }
}
