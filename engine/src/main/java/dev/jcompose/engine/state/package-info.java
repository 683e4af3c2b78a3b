/**
 * What the engine remembers on disk: one JSON file per thing, replaced as a whole. Whatever is read here may come from
 * an engine that was killed.
 */
@NullMarked
package dev.jcompose.engine.state;

import org.jspecify.annotations.NullMarked;
