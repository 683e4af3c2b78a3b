/**
 * What containers print: moved by splice(2) from their pipes into segment files, so that no byte is lost or doubled
 * when the engine dies, and read back as lines, in time order over several containers, from the past on into the
 * present.
 */
@NullMarked
package dev.jcompose.engine.logs;

import org.jspecify.annotations.NullMarked;
