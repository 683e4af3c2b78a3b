package dev.jcompose.cli.man;

/**
 * Text in the macros of man(7).
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/man.7.html">man(7)</a>
 */
final class Roff {
    private final StringBuilder text = new StringBuilder();

    /** The head of a page of section 1. */
    Roff title(String name) {
        text.append(".TH \"")
                .append(escape(name.toUpperCase(java.util.Locale.ROOT)))
                .append("\" 1 \"\" jcompose\n");
        return this;
    }

    Roff section(String heading) {
        text.append(".SH ").append(escape(heading)).append('\n');
        return this;
    }

    /** A line of running text; lines after one another are one paragraph. */
    Roff line(String words) {
        String escaped = escape(words);
        // A line that begins with one of these would be a request.
        text.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
        return this;
    }

    /** A term, in bold, and what is said about it. */
    Roff entry(String term, String words) {
        text.append(".TP\n.B ").append(escape(term)).append('\n');
        return line(words);
    }

    private static String escape(String words) {
        return words.replace("\\", "\\e").replace("-", "\\-").replaceAll("\\s+", " ");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
