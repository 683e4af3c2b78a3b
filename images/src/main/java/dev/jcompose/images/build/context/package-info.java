/**
 * Where the files of a build come from: a directory of the host without what {@code .dockerignore} leaves out, or the
 * layers of a stage or image. Nothing outside of them can be reached, whatever links there are in them.
 */
@NullMarked
package dev.jcompose.images.build.context;

import org.jspecify.annotations.NullMarked;
