/**
 * Reads Dockerfiles: lines with their positions, parser directives, heredocs, instructions as records, and the words of
 * an instruction with their variables. Nothing here touches a file or an image.
 */
@NullMarked
package dev.jcompose.images.build.dockerfile;

import org.jspecify.annotations.NullMarked;
