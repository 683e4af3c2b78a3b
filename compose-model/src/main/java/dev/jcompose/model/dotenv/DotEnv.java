package dev.jcompose.model.dotenv;

import dev.jcompose.model.interpolate.Template;
import dev.jcompose.model.interpolate.Variables;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the {@code .env} syntax: {@code [export ]KEY=VALUE} or {@code KEY: VALUE}, quotes, comments, variables.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/05-services.md#env_file-format">env_file</a>
 */
public final class DotEnv {

    /** The text is not valid. */
    public static final class DotEnvException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int line;
        private final Position position;

        DotEnvException(int line, Position position, String message) {
            super(message);
            this.line = line;
            this.position = position;
        }

        /** The line that was reached, 1-based: the last one where a quote is not closed. */
        public int line() {
            return line;
        }

        /** Where what is wrong begins. */
        public Position position() {
            return position;
        }
    }

    /**
     * A place in the text.
     *
     * @param line 1-based
     * @param column 1-based
     */
    public record Position(int line, int column) {}

    /** Is told of a variable that a value uses, and that is set nowhere. */
    @FunctionalInterface
    public interface Unset {

        /** @param position where the value begins */
        void found(String name, Position position);
    }

    private final String text;
    private final Variables lookup;
    private final Variables fallback;
    private final Unset unset;
    private final Map<String, @Nullable String> variables;
    private final Map<String, Position> positions = new HashMap<>();
    private int at;
    private int line = 1;
    private int lineStart;
    private Position statement = new Position(1, 1);

    private DotEnv(
            String text, Variables lookup, Variables fallback, Unset unset, Map<String, @Nullable String> variables) {
        this.text = text;
        this.lookup = lookup;
        this.fallback = fallback;
        this.unset = unset;
        this.variables = variables;
    }

    /**
     * The variables, in file order.
     *
     * @param lookup where variables in values, and keys without a value, are looked up first; then in the lines before
     * @param fallback where they are looked up last: files before this one
     * @param unset is told each variable that is found nowhere
     * @throws DotEnvException if the text is not valid
     */
    public static Map<String, String> parse(String text, Variables lookup, Variables fallback, Unset unset) {
        Map<String, @Nullable String> variables = new LinkedHashMap<>();
        new DotEnv(clean(text), lookup, fallback, unset, variables).statements();
        Map<String, String> set = new LinkedHashMap<>();
        variables.forEach((key, value) -> {
            if (value != null) {
                set.put(key, value);
            }
        });
        return set;
    }

    /**
     * Where a variable gets its value; null if it does not get one here.
     *
     * @throws DotEnvException if the text is not valid
     */
    public static @Nullable Position position(String text, String name) {
        DotEnv file = new DotEnv(clean(text), key -> "", key -> "", (key, position) -> {}, new HashMap<>());
        file.statements();
        return file.positions.get(name);
    }

    private static String clean(String text) {
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).replace("\r\n", "\n");
    }

    /** The variables of {@code format: raw}: each line verbatim, a key without value is looked up. */
    public static Map<String, String> parseRaw(String text, Variables lookup) {
        Map<String, String> variables = new LinkedHashMap<>();
        int number = 0;
        for (String raw : clean(text).split("\n", -1)) {
            number++;
            String each = raw.stripLeading();
            if (each.isEmpty() || each.startsWith("#")) {
                continue;
            }
            int equals = each.indexOf('=');
            String key = equals < 0 ? each : each.substring(0, equals);
            boolean blank = key.chars().anyMatch(Character::isWhitespace);
            if (key.isEmpty() || blank) {
                throw new DotEnvException(
                        number,
                        new Position(number, 1 + raw.length() - each.length()),
                        blank
                                ? "variable '" + key + "' contains whitespaces"
                                : "no variable name on line '" + each + "'");
            }
            String value = equals < 0 ? lookup.get(key) : each.substring(equals + 1);
            if (value != null) {
                variables.put(key, value);
            }
        }
        return variables;
    }

    private void statements() {
        while (skipToStatement()) {
            int start = at;
            statement = here();
            String key = key();
            positions.put(key, statement);
            if (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':')) {
                at++;
                skipBlanks();
                variables.put(key, value());
            } else {
                inherit(key);
            }
            if (at == start) {
                at++;
            }
        }
    }

    private void inherit(String key) {
        String value = lookup.orElse(fallback).get(key);
        if (value != null) {
            variables.put(key, value);
        }
    }

    /** Skips blanks, empty lines and comments; false at the end. */
    private boolean skipToStatement() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                at++;
                newLine(at);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#') {
                at = endOfLine();
            } else {
                if (text.startsWith("export", at) && at + 6 < text.length() && isBlank(text.charAt(at + 6))) {
                    at += 6;
                    skipBlanks();
                }
                return true;
            }
        }
        return false;
    }

    private void newLine(int start) {
        line++;
        lineStart = start;
    }

    private Position here() {
        return new Position(line, at - lineStart + 1);
    }

    private DotEnvException wrong(Position position, String message) {
        return new DotEnvException(line, position, message);
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private String key() {
        int start = at;
        int end = endOfLine();
        while (at < end) {
            char c = text.charAt(at);
            if (c == '=' || c == ':') {
                break;
            }
            if (isBlank(c)) {
                return keyBeforeBlank(start, end);
            }
            if (!Character.isLetterOrDigit(c) && "_.-[]".indexOf(c) < 0) {
                throw wrong(
                        here(),
                        "unexpected character " + quote(String.valueOf(c)) + " in variable name "
                                + quote(text.substring(start, end)));
            }
            at++;
        }
        return text.substring(start, at);
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Blanks may stand before the {@code =} or at the end of the line, but not inside a key. */
    private String keyBeforeBlank(int start, int end) {
        String key = text.substring(start, at);
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        boolean ended = at == end || text.charAt(at) == '=' || text.charAt(at) == ':';
        if (!ended) {
            throw wrong(statement, "key cannot contain a space");
        }
        return key;
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return " \t\r\f\u000B\u0085\u00A0".indexOf(c) >= 0;
    }

    private String value() {
        Position position = here();
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            return quoted(text.charAt(at), position);
        }
        int start = at;
        int end = endOfLine();
        String value = text.substring(start, end);
        at = end;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '#' && text.charAt(start + i - 1) == ' ') {
                value = value.substring(0, i);
                break;
            }
        }
        return substitute(value.strip(), position);
    }

    private String quoted(char quote, Position opening) {
        int start = at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                newLine(at + 1);
            } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n') {
                at++; // what it escapes does not close the quote
            } else if (c == quote) {
                String inner = text.substring(start + 1, at++);
                return quote == '\'' ? inner.replace("\\'", "'") : substitute(Escapes.expand(inner), opening);
            }
            at++;
        }
        int end = text.indexOf('\n', start);
        throw wrong(opening, "unterminated quoted value " + text.substring(start, end < 0 ? text.length() : end));
    }

    private String substitute(String value, Position position) {
        try {
            Variables known = lookup.orElse(variables::get).orElse(fallback);
            return new Template(known, name -> unset.found(name, position)).substitute(value);
        } catch (Template.InvalidTemplateException e) {
            throw wrong(position, "invalid template: \"" + e.getMessage() + "\"; a literal $ is written as $$");
        } catch (Template.TemplateException e) {
            throw wrong(position, String.valueOf(e.getMessage()));
        }
    }
}
