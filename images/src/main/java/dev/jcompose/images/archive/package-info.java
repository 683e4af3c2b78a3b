/**
 * Reads tar files that hold whole images: what {@code docker save} writes (old and new form) and OCI layouts. Streams
 * into files of the store, so that the size of an image does not matter.
 */
@NullMarked
package dev.jcompose.images.archive;

import org.jspecify.annotations.NullMarked;
