/**
 * Everything outside of a command, as values: what it reads, writes, asks and waits for. So the same command runs in
 * the user's process, in a test, or on a client's behalf elsewhere.
 */
@NullMarked
package dev.jcompose.cli.world;

import org.jspecify.annotations.NullMarked;
