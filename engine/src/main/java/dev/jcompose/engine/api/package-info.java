/**
 * What one can ask of the engine, as plain values: the CLI's commands are written against
 * {@link dev.jcompose.engine.api.EngineApi}, and run alike over the socket and inside the engine. Loads no native code
 * and no network library.
 */
@NullMarked
package dev.jcompose.engine.api;

import org.jspecify.annotations.NullMarked;
