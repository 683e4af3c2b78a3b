/**
 * The system calls that a container may make: Docker's default profile as a table, and a compiler from it to the
 * classic BPF program that the kernel asks at every call.
 */
@NullMarked
package dev.jcompose.runtime.seccomp;

import org.jspecify.annotations.NullMarked;
