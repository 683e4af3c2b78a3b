package dev.jcompose.engine.api;

import java.time.Instant;

/**
 * A file in a container.
 *
 * @param name the last part of its path
 * @param mode type and permission bits as stat(2) has them
 * @param linkTarget of a symbolic link; empty for anything else
 */
public record PathStat(String name, long size, int mode, Instant mtime, String linkTarget) {
    private static final int TYPE = 0xf000;
    private static final int DIRECTORY = 0x4000;

    public boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    public boolean isLink() {
        return !linkTarget.isEmpty();
    }
}
