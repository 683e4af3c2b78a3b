/**
 * Which subnet a network gets and which address a container gets. Pure decisions: what is taken on the host comes in as
 * a list, and the same input gives the same choice again.
 */
@NullMarked
package dev.jcompose.network.ipam;

import org.jspecify.annotations.NullMarked;
