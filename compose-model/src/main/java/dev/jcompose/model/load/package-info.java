/**
 * Loads a project: finds the files and runs the stages, each a package beside this one, in order. See docs/loading.md.
 */
@NullMarked
package dev.jcompose.model.load;

import org.jspecify.annotations.NullMarked;
