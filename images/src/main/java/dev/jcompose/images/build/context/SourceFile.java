package dev.jcompose.images.build.context;

import dev.jcompose.linux.Stat;

/**
 * Something in a {@link SourceTree}.
 *
 * @param given how it was reached: clean, symbolic links not followed; empty for the top
 * @param path without symbolic links; empty for the top
 */
public record SourceFile(String given, String path, Stat stat) {
    /** The name under which it was reached; empty for the top. */
    public String name() {
        return given.substring(given.lastIndexOf('/') + 1);
    }
}
