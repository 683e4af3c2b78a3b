package dev.jcompose.linux.overlay;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Stat;

/**
 * What is seen under a name in a {@link LayerDirectory}.
 *
 * @param layer the directory, in the topmost layer that has the name, in which it is; belongs to the LayerDirectory
 * @param stat of the entry itself, not of what a symbolic link points to
 */
public record LayerEntry(String name, Fd layer, Stat stat) {}
