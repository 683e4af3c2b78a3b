/** Manual pages, made from the commands when jcompose is built. */
@NullMarked
package dev.jcompose.cli.man;

import org.jspecify.annotations.NullMarked;
