/**
 * {@code develop.watch}: what is done in containers when files of the project change. What is to be done is computed
 * from the rules and the changed paths without effects; then it is carried out by operations of the engine.
 */
@NullMarked
package dev.jcompose.cli.watch;

import org.jspecify.annotations.NullMarked;
