/**
 * Moves images between registries and the store: pulls, pushes, and the progress of both. What it needs of the caller's
 * world (where credentials are, which proxy to take) comes as a value.
 */
@NullMarked
package dev.jcompose.images.transfer;

import org.jspecify.annotations.NullMarked;
