/** A whole engine inside a test. */
@NullMarked
package dev.jcompose.engine.testing;

import org.jspecify.annotations.NullMarked;
