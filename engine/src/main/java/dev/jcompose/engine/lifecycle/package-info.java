/**
 * The life of a container: made, started, watched over, stopped, removed. Everything here changes the host or the disk.
 */
@NullMarked
package dev.jcompose.engine.lifecycle;

import org.jspecify.annotations.NullMarked;
