/**
 * Idmapped mounts: the owner of a directory on the host appears as the container's user. The kernel takes the mapping
 * from a user namespace, which is made for this and holds no process afterwards.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mount_setattr.2.html">mount_setattr(2)</a>
 */
@NullMarked
package dev.jcompose.runtime.idmap;

import org.jspecify.annotations.NullMarked;
