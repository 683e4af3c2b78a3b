/** Tests of the names that containers see. */
@NullMarked
package dev.jcompose.network.publish;

import org.jspecify.annotations.NullMarked;
