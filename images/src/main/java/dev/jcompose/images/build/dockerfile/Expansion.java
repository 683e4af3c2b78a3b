package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces variables and removes quotes and escapes, as BuildKit does: {@code $x}, {@code ${x}}, {@code ${x:-y}},
 * {@code ${x:+y}}, {@code ${x:?y}} and the forms without colon, {@code ${x#pattern}}, {@code ${x##pattern}},
 * {@code ${x%pattern}}, {@code ${x%%pattern}}, {@code ${x/pattern/y}}, {@code ${x//pattern/y}}.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Environment replacement</a>
 */
public final class Expansion {
    private static final String POSITIONAL = "@*#?-$!0123456789";

    private final char escape;
    private final Variables variables;
    private String text = "";
    private int at;

    /** @param escape the file's escape character */
    public Expansion(char escape, Variables variables) {
        this.escape = escape;
        this.variables = variables;
    }

    /**
     * A word without its quotes and variables; not split, whatever the variables hold.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public String word(String raw) {
        begin(raw);
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            next(out, null);
        }
        return out.toString();
    }

    /** Words, split at space outside quotes; what an unquoted variable brings is split, too. */
    public List<String> words(String raw) {
        begin(raw);
        Words words = new Words();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
                words.end();
            } else {
                next(words.current(), c == '$' ? words : null);
                words.open |= c == '"' || c == '\'';
            }
        }
        words.end();
        return words.all;
    }

    /** A text in which quotes mean nothing: the content of a here-document. */
    public String document(String raw) {
        begin(raw);
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$') {
                out.append(dollar());
            } else if (c == escape && at + 1 < text.length() && isSpecial(text.charAt(at + 1))) {
                out.append(text.charAt(at + 1));
                at += 2;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    private void begin(String raw) {
        text = raw;
        at = 0;
    }

    private boolean isSpecial(char c) {
        return c == '$' || c == escape;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n';
    }

    /** Takes one character, quoted part or variable. */
    private void next(StringBuilder out, @Nullable Words split) {
        char c = text.charAt(at);
        if (c == '\'') {
            int end = text.indexOf('\'', at + 1);
            if (end < 0) {
                throw new IllegalArgumentException(
                        "unexpected end of statement while looking for matching single-quote");
            }
            out.append(text, at + 1, end);
            at = end + 1;
        } else if (c == '"') {
            doubleQuoted(out);
        } else if (c == '$') {
            String value = dollar();
            if (split == null) {
                out.append(value);
            } else {
                split.add(value);
            }
        } else if (c == escape) {
            at++;
            if (at < text.length()) {
                out.append(text.charAt(at));
                at++;
            }
        } else {
            out.append(c);
            at++;
        }
    }

    private void doubleQuoted(StringBuilder out) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return;
            }
            if (c == '$') {
                out.append(dollar());
            } else if (c == escape && at + 1 < text.length()) {
                char escaped = text.charAt(at + 1);
                if (escaped != '"' && !isSpecial(escaped)) {
                    out.append(c);
                }
                out.append(escaped);
                at += 2;
            } else {
                out.append(c);
                at++;
            }
        }
        throw new IllegalArgumentException("unexpected end of statement while looking for matching double-quote");
    }

    /** What stands for a {@code $} and what follows. */
    private String dollar() {
        at++;
        if (at < text.length() && text.charAt(at) == '{') {
            at++;
            return braces();
        }
        String name = name();
        return name.isEmpty() ? "$" : value(name);
    }

    private String value(String name) {
        String value = variables.get(name);
        return value == null ? "" : value;
    }

    private String name() {
        int start = at;
        if (at < text.length() && POSITIONAL.indexOf(text.charAt(at)) >= 0) {
            at++;
            return text.substring(start, at);
        }
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private String braces() {
        String name = name();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("bad substitution: a variable without a name");
        }
        if (at >= text.length()) {
            throw unclosed();
        }
        char operator = text.charAt(at);
        at++;
        switch (operator) {
            case '}' -> {
                return value(name);
            }
            case ':' -> {
                if (at >= text.length()) {
                    throw unclosed();
                }
                char modifier = text.charAt(at);
                at++;
                return modified(name, modifier, true);
            }
            case '-', '+', '?' -> {
                return modified(name, operator, false);
            }
            case '#', '%' -> {
                boolean longest = at < text.length() && text.charAt(at) == operator;
                at += longest ? 1 : 0;
                ShellPattern pattern = ShellPattern.of(nested(false), escape);
                String value = value(name);
                return operator == '#' ? pattern.withoutPrefix(value, longest) : pattern.withoutSuffix(value, longest);
            }
            case '/' -> {
                boolean all = at < text.length() && text.charAt(at) == '/';
                at += all ? 1 : 0;
                ShellPattern pattern = ShellPattern.of(nested(true), escape);
                String replacement = at > 0 && text.charAt(at - 1) == '/' ? nested(false) : "";
                return pattern.replace(value(name), replacement, all);
            }
            default ->
                throw new IllegalArgumentException(
                        "unsupported modifier (%c) in substitution of \"%s\"".formatted(operator, name));
        }
    }

    private String modified(String name, char modifier, boolean orEmpty) {
        String value = variables.get(name);
        boolean there = value != null && !(orEmpty && value.isEmpty());
        String word = nested(false);
        switch (modifier) {
            case '-' -> {
                return there && value != null ? value : word;
            }
            case '+' -> {
                return there ? word : "";
            }
            case '?' -> {
                if (!there || value == null) {
                    throw new IllegalArgumentException(
                            "%s: %s".formatted(name, word.isEmpty() ? "is not allowed to be unset" : word));
                }
                return value;
            }
            default ->
                throw new IllegalArgumentException(
                        "unsupported modifier (:%c) in substitution of \"%s\"".formatted(modifier, name));
        }
    }

    /** The word up to the closing brace, or to a slash, which are passed; its own variables replaced. */
    private String nested(boolean toSlash) {
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '}' || (toSlash && c == '/')) {
                at++;
                return out.toString();
            }
            next(out, null);
        }
        throw unclosed();
    }

    private IllegalArgumentException unclosed() {
        return new IllegalArgumentException("bad substitution: no } closes the ${ in \"" + text + "\"");
    }

    /** The words so far; an empty one counts only when it was quoted. */
    private static final class Words {
        private final List<String> all = new ArrayList<>();
        private StringBuilder word = new StringBuilder();
        private boolean open;

        StringBuilder current() {
            return word;
        }

        void add(String value) {
            for (int i = 0; i < value.length(); i++) {
                if (isSpace(value.charAt(i))) {
                    end();
                } else {
                    word.append(value.charAt(i));
                }
            }
        }

        void end() {
            if (open || word.length() > 0) {
                all.add(word.toString());
            }
            word = new StringBuilder();
            open = false;
        }
    }
}
