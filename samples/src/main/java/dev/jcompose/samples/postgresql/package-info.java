/** Used by the build: unpacks the PostgreSQL that {@code web-db} runs. */
@NullMarked
package dev.jcompose.samples.postgresql;

import org.jspecify.annotations.NullMarked;
