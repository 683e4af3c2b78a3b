/** The user's side of {@code cp}: local files into a tar stream, and out of one. */
@NullMarked
package dev.jcompose.cli.copy;

import org.jspecify.annotations.NullMarked;
