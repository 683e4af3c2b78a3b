package dev.jcompose.images.build;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Something that a command sees and that does not get into the image. */
public sealed interface RunMount {
    /** Absolute path in the root file system. */
    String target();

    /** A file or directory of the host. */
    record Bind(Path source, String target, boolean readOnly) implements RunMount {}

    /** @param sizeBytes 0 for the kernel's default */
    record Tmpfs(String target, long sizeBytes) implements RunMount {}

    /** A file with this content, kept in memory. */
    record Secret(ByteBuffer content, String target, int mode, int uid, int gid) implements RunMount {}
}
