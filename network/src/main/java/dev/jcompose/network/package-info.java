/** The values that the packages of this module share: addresses, subnets, protocols, and what goes wrong with them. */
@NullMarked
package dev.jcompose.network;

import org.jspecify.annotations.NullMarked;
