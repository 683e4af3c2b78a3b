/**
 * Images as the rest of jcompose sees them: references, what an image says about its containers, and the store that has
 * them unpacked on disk, ready for overlayfs. The parts below know nothing of names or of each other's callers:
 * {@code oci} the specification's JSON, {@code store} content by digest, {@code layer} unpacking, {@code archive} tar
 * files that hold whole images.
 */
@NullMarked
package dev.jcompose.images;

import org.jspecify.annotations.NullMarked;
