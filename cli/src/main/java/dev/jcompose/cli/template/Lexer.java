package dev.jcompose.cli.template;

import dev.jcompose.cli.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts a template into tokens. */
final class Lexer {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final String BLANKS = " \t\r\n";
    private static final Map<Character, Character> ESCAPES =
            Map.of('n', '\n', 't', '\t', 'r', '\r', '"', '"', '\\', '\\', '\'', '\'');

    private final String template;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(String template, int start) {
        this.template = template;
        this.position = start;
    }

    /**
     * The tokens; the last is the end.
     *
     * @param start where to begin, in chars
     */
    static List<Token> tokens(String template, int start) {
        Lexer lexer = new Lexer(template, start);
        lexer.all();
        return lexer.tokens;
    }

    private void all() {
        boolean trim = false;
        while (position < template.length()) {
            int open = template.indexOf(OPEN, position);
            int end = open < 0 ? template.length() : open;
            boolean trimmedBefore = template.startsWith("{{-", end) && isBlank(end + 3);
            text(end, trim, trimmedBefore);
            if (open < 0) {
                break;
            }
            position = open + (trimmedBefore ? 3 : 2);
            trim = action(open);
        }
        add(Kind.END, "", template.length());
    }

    /** What is between actions. Blanks that a shell cannot easily give may be written as {@code \t} and {@code \n}. */
    private void text(int end, boolean trimStart, boolean trimEnd) {
        String text = template.substring(position, end);
        text = trimStart ? text.stripLeading() : text;
        text = trimEnd ? text.stripTrailing() : text;
        if (!text.isEmpty()) {
            add(Kind.TEXT, text.replace("\\t", "\t").replace("\\n", "\n"), position);
        }
        position = end;
    }

    /** One pair of braces; whether it wants the blanks after it to go. */
    private boolean action(int open) {
        skipBlanks();
        if (template.startsWith("/*", position)) {
            int end = template.indexOf("*/", position);
            if (end < 0) {
                throw at(open).problem("this comment is not closed with */");
            }
            position = end + 2;
            skipBlanks();
            if (!isClose()) {
                throw at(open).problem("a comment must be alone in its braces");
            }
            return close();
        }
        boolean glued = false;
        while (!isClose()) {
            if (position >= template.length()) {
                throw at(open).problem("\"{{\" is not closed with \"}}\"");
            }
            token(glued);
            glued = !isBlank(position);
            skipBlanks();
        }
        add(Kind.CLOSE, CLOSE, position);
        return close();
    }

    private boolean isClose() {
        return template.startsWith(CLOSE, position) || template.startsWith("-}}", position);
    }

    private boolean close() {
        boolean trim = template.charAt(position) == '-';
        position += trim ? 3 : 2;
        return trim;
    }

    private void token(boolean glued) {
        int start = position;
        char first = template.charAt(start);
        if (first == '"') {
            add(Kind.STRING, quoted(), start, glued);
        } else if (first == '`') {
            int end = template.indexOf('`', start + 1);
            if (end < 0) {
                throw at(start).problem("this text is not closed with \"`\"");
            }
            position = end + 1;
            add(Kind.STRING, template.substring(start + 1, end), start, glued);
        } else if (first == '.' && isNameAt(start + 1)) {
            add(Kind.FIELD, name(start + 1), start, glued);
        } else if (first == '$') {
            add(Kind.VARIABLE, name(start + 1), start, glued);
        } else if (isNameAt(start)) {
            add(Kind.WORD, name(start), start, glued);
        } else if (Character.isDigit(first) || ((first == '-' || first == '+') && isDigit(start + 1))) {
            add(Kind.NUMBER, number(start), start, glued);
        } else if (template.startsWith(":=", start)) {
            position += 2;
            add(Kind.DECLARE, ":=", start, glued);
        } else {
            position++;
            add(symbol(first, start), String.valueOf(first), start, glued);
        }
    }

    private Kind symbol(char symbol, int start) {
        return switch (symbol) {
            case '.' -> Kind.DOT;
            case '|' -> Kind.PIPE;
            case ',' -> Kind.COMMA;
            case '=' -> Kind.ASSIGN;
            case '(' -> Kind.LEFT;
            case ')' -> Kind.RIGHT;
            default -> throw at(start).problem("unexpected \"%s\"", symbol);
        };
    }

    private String quoted() {
        int start = position;
        StringBuilder text = new StringBuilder();
        for (position++; position < template.length() && template.charAt(position) != '"'; position++) {
            char c = template.charAt(position);
            if (c == '\\' && position + 1 < template.length()) {
                position++;
                Character escaped = ESCAPES.get(template.charAt(position));
                if (escaped == null) {
                    throw at(position - 1).problem("\"\\%s\" is not known in a text", template.charAt(position));
                }
                text.append(escaped);
            } else {
                text.append(c);
            }
        }
        if (position >= template.length()) {
            throw at(start).problem("this text is not closed with '\"'");
        }
        position++;
        return text.toString();
    }

    private String name(int start) {
        position = start;
        while (isNameAt(position) || isDigit(position)) {
            position++;
        }
        return template.substring(start, position);
    }

    private String number(int start) {
        position = start + 1;
        while (isDigit(position) || template.startsWith(".", position)) {
            position++;
        }
        return template.substring(start, position);
    }

    private boolean isNameAt(int index) {
        return index < template.length()
                && (Character.isLetter(template.charAt(index)) || template.charAt(index) == '_');
    }

    private boolean isDigit(int index) {
        return index < template.length() && Character.isDigit(template.charAt(index));
    }

    private boolean isBlank(int index) {
        return index < template.length() && BLANKS.indexOf(template.charAt(index)) >= 0;
    }

    private void skipBlanks() {
        while (isBlank(position)) {
            position++;
        }
    }

    private Place at(int offset) {
        return new Place(template, offset);
    }

    private void add(Kind kind, String text, int start) {
        add(kind, text, start, false);
    }

    private void add(Kind kind, String text, int start, boolean glued) {
        tokens.add(new Token(kind, text, at(start), glued));
    }
}
