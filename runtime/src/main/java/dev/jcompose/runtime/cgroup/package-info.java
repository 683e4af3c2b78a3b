/**
 * Control groups of containers, version 1 and 2: limits, device rules, freezing, counters, killing and removing.
 *
 * <p>Every container has a cgroup of its own under one parent cgroup of the engine; nothing outside of that parent is
 * ever changed, but for the controllers that version 2 must have switched on above it. How a process gets in matters:
 * see {@link dev.jcompose.runtime.cgroup.Placement}.
 */
@NullMarked
package dev.jcompose.runtime.cgroup;

import org.jspecify.annotations.NullMarked;
