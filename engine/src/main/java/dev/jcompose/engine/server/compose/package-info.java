/** The endpoints under {@code /compose}: what Docker's API has no word for. */
@NullMarked
package dev.jcompose.engine.server.compose;

import org.jspecify.annotations.NullMarked;
