/** Tests of finding and loading files. */
@NullMarked
package dev.jcompose.model.load;

import org.jspecify.annotations.NullMarked;
