/**
 * Makes images from Dockerfiles: stages as a graph, each instruction a change of the configuration or a layer, layers
 * taken from a cache when nothing that they were made from has changed. Commands are run by a function that the caller
 * gives; this package knows file trees, layers and configurations only.
 */
@NullMarked
package dev.jcompose.images.build;

import org.jspecify.annotations.NullMarked;
