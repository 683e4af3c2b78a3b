/** Which project a command is about: the options before the command, the Compose files, or just a name. */
@NullMarked
package dev.jcompose.cli.project;

import org.jspecify.annotations.NullMarked;
