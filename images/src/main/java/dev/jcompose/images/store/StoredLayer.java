package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import java.nio.file.Path;

/**
 * An unpacked layer.
 *
 * @param diffId digest of its uncompressed tar file
 * @param chainId names the stack that it is the top of
 * @param directory for overlayfs
 * @param sizeBytes sum of the sizes of its files
 */
public record StoredLayer(Digest diffId, Digest chainId, Path directory, long sizeBytes) {}
