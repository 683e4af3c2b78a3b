/**
 * The networks of Compose projects as kernel bridges, and the veth pairs that tie containers to them.
 * {@link dev.jcompose.network.bridge.Networks} is the door of this module.
 */
@NullMarked
package dev.jcompose.network.bridge;

import org.jspecify.annotations.NullMarked;
