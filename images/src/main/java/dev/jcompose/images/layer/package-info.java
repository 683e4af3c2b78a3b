/**
 * Unpacks the tar file of a layer into a directory for overlayfs. The tar file is not trusted: nothing outside of the
 * directory is read or written, whatever it contains.
 */
@NullMarked
package dev.jcompose.images.layer;

import org.jspecify.annotations.NullMarked;
