/** Reads YAML and JSON text into nodes that know their places. The first stage of loading a file. */
@NullMarked
package dev.jcompose.model.yaml;

import org.jspecify.annotations.NullMarked;
