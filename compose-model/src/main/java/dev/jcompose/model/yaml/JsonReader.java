package dev.jcompose.model.yaml;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.node.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON text into nodes without places. For what this program itself wrote: fast, and strict. */
public final class JsonReader {
    private static final int MAX_DEPTH = 200;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * The document.
     *
     * @throws IllegalArgumentException if the text is not JSON; the message has the offset
     */
    public static Node read(String text) {
        JsonReader reader = new JsonReader(text);
        try {
            Node node = reader.value(0);
            reader.blanks();
            if (reader.at < text.length()) {
                throw reader.failure("text after the end");
            }
            return node;
        } catch (StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("invalid JSON: unexpected end", e);
        }
    }

    private Node value(int depth) {
        if (depth > MAX_DEPTH) {
            throw failure("nested deeper than " + MAX_DEPTH + " levels");
        }
        blanks();
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> mapping(depth);
            case '[' -> sequence(depth);
            case '"' -> scalar(string());
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private static ScalarNode scalar(@Nullable Object value) {
        return ScalarNode.of(value, SourceLocation.NONE);
    }

    private Node mapping(int depth) {
        MappingNode.Editor mapping = MappingNode.empty(SourceLocation.NONE).edit();
        at++;
        blanks();
        if (text.charAt(at) == '}') {
            at++;
            return mapping.done();
        }
        while (true) {
            blanks();
            String key = string();
            blanks();
            expect(':');
            mapping.put(key, new MappingNode.Entry(SourceLocation.NONE, value(depth + 1)));
            if (!more('}')) {
                return mapping.done();
            }
        }
    }

    private Node sequence(int depth) {
        List<Node> items = new ArrayList<>();
        at++;
        blanks();
        if (text.charAt(at) == ']') {
            at++;
            return SequenceNode.of(items, SourceLocation.NONE);
        }
        while (true) {
            items.add(value(depth + 1));
            if (!more(']')) {
                return SequenceNode.of(items, SourceLocation.NONE);
            }
        }
    }

    /** True after a comma, false after the closing character. */
    private boolean more(char close) {
        blanks();
        char c = text.charAt(at++);
        if (c != ',' && c != close) {
            throw failure("expected , or " + close);
        }
        return c == ',';
    }

    private void expect(char c) {
        if (text.charAt(at++) != c) {
            throw failure("expected " + c);
        }
    }

    private Node word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw failure("unknown word");
        }
        at += word.length();
        return scalar(value);
    }

    private Node number() {
        int start = at;
        boolean whole = true;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            whole &= ".eE".indexOf(text.charAt(at)) < 0;
            at++;
        }
        String digits = text.substring(start, at);
        try {
            return scalar(whole ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits));
        } catch (NumberFormatException e) {
            throw failure("not a number: \"" + digits + "\"");
        }
    }

    private String string() {
        expect('"');
        int start = at;
        while (text.charAt(at) != '"' && text.charAt(at) != '\\') {
            at++;
        }
        if (text.charAt(at) == '"') {
            return text.substring(start, at++);
        }
        StringBuilder string = new StringBuilder(text.substring(start, at));
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private IllegalArgumentException failure(String message) {
        return new IllegalArgumentException("invalid JSON at offset " + at + ": " + message);
    }
}
