/** The engine's facts in Docker's words, for its API and for the command line alike. */
@NullMarked
package dev.jcompose.engine.text;

import org.jspecify.annotations.NullMarked;
