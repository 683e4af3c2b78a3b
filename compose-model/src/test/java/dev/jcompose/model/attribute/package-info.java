/** Tests of the forms of each attribute, from file to record. */
@NullMarked
package dev.jcompose.model.attribute;

import org.jspecify.annotations.NullMarked;
