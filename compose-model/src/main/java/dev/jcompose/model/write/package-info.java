/** Writes projects as YAML and JSON in the canonical form of {@code docker compose config}, and reads them back. */
@NullMarked
package dev.jcompose.model.write;

import org.jspecify.annotations.NullMarked;
