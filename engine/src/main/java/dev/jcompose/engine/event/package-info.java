/** What happens in the engine, told to whoever listens. */
@NullMarked
package dev.jcompose.engine.event;

import org.jspecify.annotations.NullMarked;
