/**
 * What the JVM watches when the launcher makes the start-up archive of the engine: an engine that only plays its part.
 * Whatever is loaded here need not be read from jars and verified at the next start.
 */
@NullMarked
package dev.jcompose.engine.training;

import org.jspecify.annotations.NullMarked;
