/** The jcompose command: what the user types, and what is printed. */
@NullMarked
package dev.jcompose.cli;

import org.jspecify.annotations.NullMarked;
