/** Publishes ports by the best way that there is for each: rules of the firewall, or the proxy in user space. */
@NullMarked
package dev.jcompose.network.publish;

import org.jspecify.annotations.NullMarked;
