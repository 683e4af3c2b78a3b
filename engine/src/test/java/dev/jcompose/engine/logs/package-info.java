/** Tests of the logs of containers. */
@NullMarked
package dev.jcompose.engine.logs;

import org.jspecify.annotations.NullMarked;
