/** Tests of the model's values. */
@NullMarked
package dev.jcompose.model;

import org.jspecify.annotations.NullMarked;
