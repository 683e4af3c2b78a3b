/**
 * From a service, its image and its place on the disk to what the runtime can start. Pure functions: nothing is created
 * here.
 */
@NullMarked
package dev.jcompose.engine.assemble;

import org.jspecify.annotations.NullMarked;
