/**
 * What the engine does with images beside starting containers of them: pulls by policy, pushes, lists, removes, and
 * says how much room things take.
 */
@NullMarked
package dev.jcompose.engine.image;

import org.jspecify.annotations.NullMarked;
