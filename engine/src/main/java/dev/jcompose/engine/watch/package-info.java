/**
 * The files of a user's project as they change: folders watched recursively, changes in batches, and which of them a
 * rule of {@code develop.watch} is about. Part of what a client uses; the engine itself watches no project.
 */
@NullMarked
package dev.jcompose.engine.watch;

import org.jspecify.annotations.NullMarked;
