/**
 * Ports of the host: holding those that containers publish, so that no other process takes them, and saying who has one
 * that is taken.
 */
@NullMarked
package dev.jcompose.network.ports;

import org.jspecify.annotations.NullMarked;
