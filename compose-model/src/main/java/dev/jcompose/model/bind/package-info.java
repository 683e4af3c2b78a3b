/** Turns a model in long form into records: one binder per group of elements, over one typed view of a mapping. */
@NullMarked
package dev.jcompose.model.bind;

import org.jspecify.annotations.NullMarked;
