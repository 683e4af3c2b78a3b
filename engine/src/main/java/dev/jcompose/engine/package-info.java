/** The engine's process. */
@NullMarked
package dev.jcompose.engine;

import org.jspecify.annotations.NullMarked;
