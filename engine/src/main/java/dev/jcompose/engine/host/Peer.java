package dev.jcompose.engine.host;

/**
 * The process at the other end of a unix socket, as the kernel knows it.
 *
 * @param pid 0 if it is in a pid namespace that cannot be seen from here
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PEERCRED</a>
 */
public record Peer(int pid, int uid, int gid) {}
