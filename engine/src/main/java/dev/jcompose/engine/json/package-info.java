/**
 * JSON as it goes over the engine's socket: one small tree, read and written by jackson-core's streaming parser,
 * because data binding would cost a short command a tenth of a second.
 */
@NullMarked
package dev.jcompose.engine.json;

import org.jspecify.annotations.NullMarked;
