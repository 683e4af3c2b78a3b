/** Tests of variables. */
@NullMarked
package dev.jcompose.model.interpolate;

import org.jspecify.annotations.NullMarked;
