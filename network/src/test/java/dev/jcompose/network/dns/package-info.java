/** Tests of the names that containers see. */
@NullMarked
package dev.jcompose.network.dns;

import org.jspecify.annotations.NullMarked;
