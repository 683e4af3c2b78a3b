/**
 * Who a process runs as: looks names up in an image's {@code /etc/passwd} and {@code /etc/group}, which are hostile
 * input, as is where they lie.
 */
@NullMarked
package dev.jcompose.runtime.user;

import org.jspecify.annotations.NullMarked;
