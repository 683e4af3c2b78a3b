/** The engine's API on its socket. */
@NullMarked
package dev.jcompose.engine.server;

import org.jspecify.annotations.NullMarked;
