/**
 * Runs one container: creates it up to the gate, starts it, watches it, runs more processes in it, and removes what is
 * left. {@link dev.jcompose.runtime.ContainerRuntime} is the way in.
 */
@NullMarked
package dev.jcompose.runtime;

import org.jspecify.annotations.NullMarked;
