/** Replaces variables in values, and turns the text at typed places into numbers and booleans. */
@NullMarked
package dev.jcompose.model.interpolate;

import org.jspecify.annotations.NullMarked;
