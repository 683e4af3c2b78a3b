/**
 * Serves published ports in user space, where no rule of a packet filter can: for clients of another family than the
 * container's address, for {@code ::1}, and on hosts without nf_tables or with somebody else's rules in the way. A
 * container sees the host as the client. What it serves ends with the engine, and the next engine opens it again.
 */
@NullMarked
package dev.jcompose.network.proxy;

import org.jspecify.annotations.NullMarked;
