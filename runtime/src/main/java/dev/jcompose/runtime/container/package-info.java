/**
 * What a container is to be: immutable records, checked when they are made, that the engine fills in and the runtime
 * turns into a launch program. They know no policy of Compose and make no system calls.
 */
@NullMarked
package dev.jcompose.runtime.container;

import org.jspecify.annotations.NullMarked;
