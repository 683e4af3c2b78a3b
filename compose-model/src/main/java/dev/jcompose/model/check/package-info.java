/** Checks what the schema cannot: rules between members of an element, and references between elements. */
@NullMarked
package dev.jcompose.model.check;

import org.jspecify.annotations.NullMarked;
