/** Runs the cases of the specification's black-box corpus in-process. */
@NullMarked
package dev.jcompose.model.cases;

import org.jspecify.annotations.NullMarked;
