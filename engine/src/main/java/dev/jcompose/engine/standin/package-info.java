/**
 * A program of a few hundred bytes that stands in for the JVM of a client where an engine runs: it rings at the engine,
 * which does all the rest with the descriptors, arguments and environment of that process, and tells it how to end.
 */
@NullMarked
package dev.jcompose.engine.standin;

import org.jspecify.annotations.NullMarked;
