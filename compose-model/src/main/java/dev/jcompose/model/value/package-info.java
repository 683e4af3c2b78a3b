/** Small grammars of single values: durations, byte sizes, command lines, numbers as text. */
@NullMarked
package dev.jcompose.model.value;

import org.jspecify.annotations.NullMarked;
