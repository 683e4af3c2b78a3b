package dev.jcompose.engine.api;

/**
 * What one kind of thing takes up.
 *
 * @param type {@code Images}, {@code Containers}, {@code Local Volumes} or {@code Build Cache}
 * @param active those in use
 * @param reclaimableBytes of those not in use
 */
public record DiskUsage(String type, long total, long active, long sizeBytes, long reclaimableBytes) {}
