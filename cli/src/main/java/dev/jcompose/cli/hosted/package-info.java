/**
 * Commands in the engine's process, each on behalf of a client: what {@link dev.jcompose.cli.delegate} is the other end
 * of. A command's world is that of its client; nothing of the engine's own process shows through.
 */
@NullMarked
package dev.jcompose.cli.hosted;

import org.jspecify.annotations.NullMarked;
