package dev.jcompose.images.build.dockerfile;

import java.util.Arrays;

/** An instruction's text, its lines joined, that knows where each character was written. */
final class LogicalLine {
    private final StringBuilder text = new StringBuilder();
    private int[] lines = new int[128];
    private int[] columns = new int[128];

    /** Appends a part of a line. */
    void append(String part, int line, int firstColumn) {
        int needed = text.length() + part.length();
        if (needed > lines.length) {
            lines = Arrays.copyOf(lines, Math.max(needed, 2 * lines.length));
            columns = Arrays.copyOf(columns, lines.length);
        }
        for (int i = 0; i < part.length(); i++) {
            lines[text.length() + i] = line;
            columns[text.length() + i] = firstColumn + i;
        }
        text.append(part);
    }

    /** Where a character was written; behind the end, where the next one would be. */
    Position position(int offset) {
        if (text.length() == 0) {
            return new Position(1, 1);
        }
        int at = Math.min(offset, text.length() - 1);
        return new Position(lines[at], columns[at] + (offset > at ? 1 : 0));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
