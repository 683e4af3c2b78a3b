/**
 * Launch programs: a table of system calls behind a tiny interpreter in machine code, written as a static executable
 * into a sealed memfd and started with posix_spawn(3). A JVM cannot run Java after fork, so what a new process is to do
 * before its execve(2) is compiled beforehand. Knows nothing of containers.
 */
@NullMarked
package dev.jcompose.runtime.launch;

import org.jspecify.annotations.NullMarked;
