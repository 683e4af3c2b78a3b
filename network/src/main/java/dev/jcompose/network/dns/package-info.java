/**
 * The names that containers see: a DNS server whose sockets are opened at 127.0.0.11:53 inside each container's network
 * namespace, answering from one immutable table and forwarding everything else to the host's resolvers.
 */
@NullMarked
package dev.jcompose.network.dns;

import org.jspecify.annotations.NullMarked;
