package dev.jcompose.cli.output;

/**
 * Escape sequences of ECMA-48, or nothing where the output takes none.
 *
 * @param enabled false leaves texts as they are
 */
public record Ansi(boolean enabled) {
    private static final String ESCAPE = "\u001b[";

    /** A colour or weight: the number of {@code SGR}. */
    public enum Style {
        BOLD("1"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        BLUE("34"),
        MAGENTA("35"),
        CYAN("36"),
        INTENSE_GREEN("32;1"),
        INTENSE_YELLOW("33;1"),
        INTENSE_BLUE("34;1"),
        INTENSE_MAGENTA("35;1"),
        INTENSE_CYAN("36;1");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    /** The text in a style. */
    public String style(Style style, String text) {
        return enabled ? ESCAPE + style.code + "m" + text + ESCAPE + "0m" : text;
    }

    /** To the first column of a line further up. */
    public String up(int lines) {
        return !enabled ? "" : lines > 0 ? "\r" + ESCAPE + lines + "A" : "\r";
    }

    /** Clears the rest of the line. */
    public String clearLine() {
        return enabled ? ESCAPE + "K" : "";
    }

    /** Clears everything below. */
    public String clearBelow() {
        return enabled ? ESCAPE + "J" : "";
    }

    /** Hides the cursor while something is drawn again and again. */
    public String hideCursor() {
        return enabled ? ESCAPE + "?25l" : "";
    }

    /** Shows it again. */
    public String showCursor() {
        return enabled ? ESCAPE + "?25h" : "";
    }
}
