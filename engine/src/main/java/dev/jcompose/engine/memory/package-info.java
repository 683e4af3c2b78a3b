/** Gives memory back to the system that the engine has needed for an operation, and will not need while it waits. */
@NullMarked
package dev.jcompose.engine.memory;

import org.jspecify.annotations.NullMarked;
