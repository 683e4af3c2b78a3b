/**
 * The engine itself: it answers {@link dev.jcompose.engine.api.EngineApi} by observing, planning and carrying out, one
 * operation of a project at a time.
 */
@NullMarked
package dev.jcompose.engine.core;

import org.jspecify.annotations.NullMarked;
