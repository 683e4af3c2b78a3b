package dev.jcompose.images.build.dockerfile;

import java.util.List;

/**
 * The text of a Dockerfile.
 *
 * @param name as errors call it, usually the path as the user gave it
 * @param lines without their ends
 */
public record Source(String name, List<String> lines) {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    public Source {
        lines = List.copyOf(lines);
    }

    /** Takes a text apart; a byte order mark at its beginning is dropped. */
    public static Source of(String name, String text) {
        String clean = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        return new Source(name, clean.lines().toList());
    }

    /** A mistake at a place, with the line and a mark below it. */
    public DockerfileException mistake(Position at, String problem) {
        String where = "%s:%d:%d: ".formatted(name, at.line(), at.column());
        return new DockerfileException(where + problem + "\n" + excerpt(at), at);
    }

    /** The line of a place, with a mark below the column. */
    public String excerpt(Position at) {
        String line = at.line() <= lines.size() ? lines.get(at.line() - 1) : "";
        String number = "%5d | ".formatted(at.line());
        StringBuilder mark = new StringBuilder(" ".repeat(5)).append(" | ");
        for (int i = 0; i < at.column() - 1; i++) {
            mark.append(i < line.length() && line.charAt(i) == '\t' ? '\t' : ' ');
        }
        return number + line + "\n" + mark.append('^');
    }
}
