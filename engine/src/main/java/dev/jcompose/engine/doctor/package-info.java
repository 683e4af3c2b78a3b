/**
 * Whether this machine has what jcompose needs, and how to mend what it lacks. Looks, and tries things out in
 * namespaces of its own; changes nothing. Part of what a client uses: it also works where no engine can start.
 */
@NullMarked
package dev.jcompose.engine.doctor;

import org.jspecify.annotations.NullMarked;
