/**
 * Linux capabilities: their names and numbers, sets of them, and which ones a container gets from {@code cap_add},
 * {@code cap_drop} and {@code privileged}.
 */
@NullMarked
package dev.jcompose.runtime.capability;

import org.jspecify.annotations.NullMarked;
