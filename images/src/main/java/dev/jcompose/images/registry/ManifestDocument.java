package dev.jcompose.images.registry;

import dev.jcompose.images.oci.Digest;

/**
 * A manifest or index as a registry has it.
 *
 * @param digest of the content, verified
 */
public record ManifestDocument(Digest digest, String mediaType, byte[] content) {}
