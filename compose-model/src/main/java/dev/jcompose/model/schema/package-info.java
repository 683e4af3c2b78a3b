/**
 * What a Compose file may contain: the Compose Specification's schema as Java tables, and the check that reports every
 * violation with its place and a suggestion.
 */
@NullMarked
package dev.jcompose.model.schema;

import org.jspecify.annotations.NullMarked;
