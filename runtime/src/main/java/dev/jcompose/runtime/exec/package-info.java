/** What a further process in a running container is to be. */
@NullMarked
package dev.jcompose.runtime.exec;

import org.jspecify.annotations.NullMarked;
