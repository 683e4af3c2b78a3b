/**
 * The tree of values that the loading stages pass on: small, immutable, and each value knows the file, line and column
 * it came from.
 */
@NullMarked
package dev.jcompose.model.node;

import org.jspecify.annotations.NullMarked;
