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
}
