/** The real world: this process's terminal, signals and engine. */
@NullMarked
package dev.jcompose.cli.process;

import org.jspecify.annotations.NullMarked;
