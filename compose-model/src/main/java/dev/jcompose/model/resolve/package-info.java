/**
 * Completes a merged model, once for all files: defaults, absolute paths, values from the environment, implicit
 * content.
 */
@NullMarked
package dev.jcompose.model.resolve;

import org.jspecify.annotations.NullMarked;
