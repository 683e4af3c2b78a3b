/** One run of a command: its world, the options before it, the project it is about, and how it prints lists. */
@NullMarked
package dev.jcompose.cli.session;

import org.jspecify.annotations.NullMarked;
