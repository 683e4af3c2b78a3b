/**
 * Compiles what a process in a container is, apart from its root file system, into calls of a launch program: how it
 * enters its cgroup, its limits, credentials, working directory, and the command; and what the monitor does that waits
 * for it.
 */
@NullMarked
package dev.jcompose.runtime.process;

import org.jspecify.annotations.NullMarked;
