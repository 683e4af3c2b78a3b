/** Tests of publishing ports. */
@NullMarked
package dev.jcompose.network.publish;

import org.jspecify.annotations.NullMarked;
