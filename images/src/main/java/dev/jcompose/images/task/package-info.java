/** Threads for pieces of work that are made of several, and what their ends mean to those who wait. */
@NullMarked
package dev.jcompose.images.task;

import org.jspecify.annotations.NullMarked;
