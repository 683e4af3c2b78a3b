/** Tests of reading YAML and JSON. */
@NullMarked
package dev.jcompose.model.yaml;

import org.jspecify.annotations.NullMarked;
