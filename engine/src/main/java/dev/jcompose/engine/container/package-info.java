/**
 * Containers as the engine knows them: what they were made from, what they are doing, and how to make, start, stop and remove them.
 */
@NullMarked
package dev.jcompose.engine.container;

import org.jspecify.annotations.NullMarked;
