/** Tests of the small grammars. */
@NullMarked
package dev.jcompose.model.value;

import org.jspecify.annotations.NullMarked;
