package dev.jcompose.model.node;

/**
 * Where a value was written.
 *
 * @param file the path as the user gave it, {@code -} for standard input
 * @param line 1-based
 * @param column 1-based
 */
public record SourceLocation(String file, int line, int column) implements Comparable<SourceLocation> {

    /** The place of a value that no file contains, such as a default. */
    public static final SourceLocation NONE = new SourceLocation("", 0, 0);

    /** The start of a file. */
    public static SourceLocation startOf(String file) {
        return new SourceLocation(file, 1, 1);
    }

    /** The place in a file that all of {@code before} is in front of. */
    public static SourceLocation after(String before, String file) {
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new SourceLocation(file, line, before.length() - before.lastIndexOf('\n'));
    }

    @Override
    public int compareTo(SourceLocation other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** The {@code file:line:column} form that editors and terminals turn into a link; only the file if line is 0. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
