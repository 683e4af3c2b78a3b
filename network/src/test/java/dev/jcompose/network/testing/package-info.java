/** A small world for integration tests: a host, containers and a remote machine, each a network namespace. */
@NullMarked
package dev.jcompose.network.testing;

import org.jspecify.annotations.NullMarked;
