package dev.jcompose.linux;

/**
 * A name in a directory.
 *
 * @param type one of {@code DT_*}; {@link #UNKNOWN} on file systems that do not say
 * @see <a href="https://man7.org/linux/man-pages/man2/getdents.2.html">getdents(2)</a>
 */
public record DirectoryEntry(String name, int type) {
    public static final int UNKNOWN = 0;
    public static final int DIRECTORY = 4;
}
