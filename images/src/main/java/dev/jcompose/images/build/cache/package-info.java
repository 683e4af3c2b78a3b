/** Layers of earlier builds, by a digest of everything that they were made from. */
@NullMarked
package dev.jcompose.images.build.cache;

import org.jspecify.annotations.NullMarked;
