package dev.jcompose.images.layer;

import dev.jcompose.images.oci.Digest;

/**
 * What came out of a layer's tar file.
 *
 * @param blob digest of the file as it was, compressed or not
 * @param diffId digest of the uncompressed tar file
 * @param sizeBytes sum of the sizes of its files
 */
public record UnpackedLayer(Digest blob, Digest diffId, long sizeBytes, long entries) {}
