/** What users do with networks as such: Docker's {@code network} commands. */
@NullMarked
package dev.jcompose.cli.command.network;

import org.jspecify.annotations.NullMarked;
