package dev.jcompose.images.archive;

import dev.jcompose.images.oci.Digest;

/**
 * A layer of an image in an archive.
 *
 * @param digest that the documents give it; nobody has compared it with the file's content
 */
public record ArchivedLayer(SpooledFile file, Digest digest) {}
