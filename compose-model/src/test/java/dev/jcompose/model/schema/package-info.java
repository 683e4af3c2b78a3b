/** Tests of the schema check. */
@NullMarked
package dev.jcompose.model.schema;

import org.jspecify.annotations.NullMarked;
