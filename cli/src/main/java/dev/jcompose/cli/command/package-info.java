/**
 * The commands, a class each. picocli fills their fields; all else comes with the
 * {@link dev.jcompose.cli.command.Session}.
 */
@NullMarked
package dev.jcompose.cli.command;

import org.jspecify.annotations.NullMarked;
