/**
 * Netlink, in two layers: requests as bytes and the socket that carries them
 * ({@link dev.jcompose.linux.netlink.NetlinkRequest}, {@link dev.jcompose.linux.netlink.NetlinkSocket}), and over them
 * the routing family in the vocabulary of ip(8) ({@link dev.jcompose.linux.netlink.RtNetlink}). Nothing above this
 * package knows a message's number.
 */
@NullMarked
package dev.jcompose.linux.netlink;

import org.jspecify.annotations.NullMarked;
