/** Tests of merging, one file per group of attributes. */
@NullMarked
package dev.jcompose.model.merge;

import org.jspecify.annotations.NullMarked;
