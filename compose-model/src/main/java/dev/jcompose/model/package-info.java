/**
 * The Compose file as values: {@link dev.jcompose.model.Project} and what is in it, in canonical form, and the graph of
 * dependencies between its services. Immutable, and independent of how it was loaded.
 */
@NullMarked
package dev.jcompose.model;

import org.jspecify.annotations.NullMarked;
