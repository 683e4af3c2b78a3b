/** Tests of fingerprints. */
@NullMarked
package dev.jcompose.model.hash;

import org.jspecify.annotations.NullMarked;
