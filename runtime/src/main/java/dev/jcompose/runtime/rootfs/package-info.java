/**
 * Compiles the root file system of a container into calls of a launch program: overlay, devices, kernel file systems,
 * mounts, masks, and the change of root. Whatever lies in an image or a volume is hostile: its paths are opened inside
 * the root only, and everything is mounted on descriptors, never on paths.
 */
@NullMarked
package dev.jcompose.runtime.rootfs;

import org.jspecify.annotations.NullMarked;
