/** Tests of writing projects and reading them back. */
@NullMarked
package dev.jcompose.model.write;

import org.jspecify.annotations.NullMarked;
