/** What is printed: tables, colours, progress, log lines, words for times. Knows nothing of commands. */
@NullMarked
package dev.jcompose.cli.output;

import org.jspecify.annotations.NullMarked;
