/** Merges a file over those before it, by rules per attribute, and drops duplicates from unique lists. */
@NullMarked
package dev.jcompose.model.merge;

import org.jspecify.annotations.NullMarked;
