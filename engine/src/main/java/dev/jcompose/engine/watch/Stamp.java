package dev.jcompose.engine.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param version nanoseconds of the last change of a file's content or attributes; a directory's mode: its time changes
 *     with everything in it
 * @param sizeBytes 0 for a directory
 */
public record Stamp(long inode, long version, long sizeBytes, boolean directory) {
    private static final int TYPE = 0xf000;
    private static final int DIRECTORY = 0x4000;

    /** Of what is there now, symbolic links as such; empty when nothing is. */
    static Optional<Stamp> of(Path path) {
        return of(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Of what is there now, or where a symbolic link leads; empty when nothing is. */
    public static Optional<Stamp> behind(Path path) {
        return of(path, new LinkOption[0]);
    }

    private static Optional<Stamp> of(Path path, LinkOption... links) {
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(path, "unix:ino,mode,size,ctime", links);
        } catch (IOException gone) {
            // Or it cannot be looked at, which comes to the same: it cannot be copied either.
            return Optional.empty();
        }
        long inode = (long) Objects.requireNonNull(attributes.get("ino"));
        int mode = (int) Objects.requireNonNull(attributes.get("mode"));
        if ((mode & TYPE) == DIRECTORY) {
            return Optional.of(new Stamp(inode, mode, 0, true));
        }
        FileTime changed = (FileTime) Objects.requireNonNull(attributes.get("ctime"));
        long size = (long) Objects.requireNonNull(attributes.get("size"));
        return Optional.of(new Stamp(inode, changed.to(TimeUnit.NANOSECONDS), size, false));
    }
}
