/** Fingerprints of services, networks and volumes: they tell whether something running is still what the file says. */
@NullMarked
package dev.jcompose.model.hash;

import org.jspecify.annotations.NullMarked;
