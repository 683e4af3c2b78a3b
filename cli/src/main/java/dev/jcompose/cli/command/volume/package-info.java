/** What users do with volumes as such: Docker's {@code volume} commands. */
@NullMarked
package dev.jcompose.cli.command.volume;

import org.jspecify.annotations.NullMarked;
