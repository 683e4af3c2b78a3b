package dev.jcompose.cli.template;

/**
 * A piece of a template.
 *
 * @param text without what marks its kind: no quotes, no dot, no dollar
 * @param glued whether no blank is before it, so that {@code .A.B} is one thing and {@code .A .B} are two
 */
record Token(Kind kind, String text, Place place, boolean glued) {

    /** What it is. */
    enum Kind {
        /** What is outside of braces. */
        TEXT,
        /** The two closing braces. */
        CLOSE,
        /** A function, a keyword, or a constant. */
        WORD,
        /** A name with a dot before it. */
        FIELD,
        DOT,
        /** A name with a dollar before it, or the dollar alone. */
        VARIABLE,
        STRING,
        NUMBER,
        PIPE,
        COMMA,
        DECLARE,
        ASSIGN,
        LEFT,
        RIGHT,
        /** The end of the template. */
        END
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** As in an error. */
    @Override
    public String toString() {
        return switch (kind) {
            case END -> "the end of the template";
            case CLOSE -> "\"}}\"";
            case FIELD -> "\"." + text + "\"";
            case DOT -> "\".\"";
            case VARIABLE -> "\"$" + text + "\"";
            default -> "\"" + text + "\"";
        };
    }
}
