/**
 * Content on disk: blobs by digest, unpacked layers by chain id, and the file that says which images there are. A file
 * or layer has its final name only when it is whole and on the disk.
 */
@NullMarked
package dev.jcompose.images.store;

import org.jspecify.annotations.NullMarked;
