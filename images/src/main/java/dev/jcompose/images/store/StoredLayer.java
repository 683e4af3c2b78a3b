package dev.jcompose.images.store;

import java.nio.file.Path;

/**
 * An unpacked layer.
 *
 * @param directory for overlayfs
 * @param sizeBytes sum of the sizes of its files
 */
public record StoredLayer(Path directory, long sizeBytes) {}
