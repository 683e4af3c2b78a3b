package dev.jcompose.images.layer;

import dev.jcompose.images.oci.Digest;

/**
 * A layer's tar file as it was written.
 *
 * @param diffId digest of the uncompressed tar file
 * @param tarBytes its size
 * @param entries how many it has
 */
public record LayerTar(Digest diffId, long tarBytes, long entries) {}
