/** What the engine's process offers to whoever runs commands in it; the engine itself knows no command. */
@NullMarked
package dev.jcompose.engine.host;

import org.jspecify.annotations.NullMarked;
