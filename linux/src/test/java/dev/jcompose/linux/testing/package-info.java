/** What the integration tests of all modules share. */
@NullMarked
package dev.jcompose.linux.testing;

import org.jspecify.annotations.NullMarked;
