package dev.jcompose.model.write;

import dev.jcompose.model.value.GoNumbers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain values as block-style YAML, indented by two spaces. A text is quoted only where it would otherwise be
 * read as something else, by a YAML 1.1 or 1.2 reader.
 */
public final class YamlWriter {
    private static final Pattern NUMBER_LIKE = Pattern.compile(
            "[-+]?(0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0b[01_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?"
                    + "|\\.[0-9_]+([eE][-+]?[0-9]+)?|\\.(inf|Inf|INF)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)|\\.(nan|NaN|NAN)");
    private static final Pattern WORD =
            Pattern.compile("y|yes|n|no|true|false|on|off|null|~|=|<<", Pattern.CASE_INSENSITIVE);
    private static final String FIRST = "!&*-?|>@`\"'%{}[],#:=<~";

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** The value as a document. */
    public static String write(@Nullable Object value) {
        YamlWriter writer = new YamlWriter();
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            writer.map(map, 0);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            writer.list(list, 0);
        } else {
            writer.scalar(value, 0);
            writer.out.append('\n');
        }
        return writer.out.toString();
    }

    private void map(Map<?, ?> map, int depth) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            startLine(depth);
            key(String.valueOf(entry.getKey()));
            out.append(':');
            member(entry.getValue(), depth);
        }
    }

    /** On one line, whatever it contains. */
    private void key(String text) {
        if (isPlain(text)) {
            out.append(text);
        } else {
            quoted(text);
        }
    }

    private void member(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map(map, depth + 1);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            list(list, depth + 1);
        } else {
            out.append(' ');
            scalar(value, depth + 1);
            out.append('\n');
        }
    }

    private void list(List<?> list, int depth) {
        Iterator<?> items = list.iterator();
        while (items.hasNext()) {
            Object item = items.next();
            startLine(depth);
            out.append("- ");
            if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                map(map, depth + 1);
            } else if (item instanceof List<?> inner && !inner.isEmpty()) {
                list(inner, depth + 1);
            } else {
                scalar(item, depth + 1);
                out.append('\n');
            }
        }
    }

    /** The first member of an item stands behind its dash. */
    private void startLine(int depth) {
        if (out.length() == 0 || out.charAt(out.length() - 1) == '\n') {
            indent(depth);
        }
    }

    private void indent(int depth) {
        out.append("  ".repeat(depth));
    }

    private void scalar(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            text(text, depth);
        } else if (value instanceof Double number) {
            out.append(special(number));
        } else if (value instanceof Map<?, ?>) {
            out.append("{}");
        } else if (value instanceof List<?>) {
            out.append("[]");
        } else {
            out.append(value);
        }
    }

    private static String special(double number) {
        if (Double.isNaN(number)) {
            return ".nan";
        }
        return Double.isInfinite(number) ? (number > 0 ? ".inf" : "-.inf") : GoNumbers.format(number);
    }

    private void text(String text, int depth) {
        if (isBlock(text)) {
            block(text, depth);
        } else if (!isPlain(text)) {
            quoted(text);
        } else {
            out.append(text);
        }
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty() || (FIRST.indexOf(text.charAt(0)) >= 0 && !isPlainDash(text))) {
            return false;
        }
        if (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ' || text.endsWith(":")) {
            return false;
        }
        return text.chars().noneMatch(c -> c < ' ' || isSpecial(c))
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.startsWith("---")
                && !text.startsWith("...")
                && !WORD.matcher(text).matches()
                && !NUMBER_LIKE.matcher(text).matches();
    }

    private static boolean isPlainDash(String text) {
        char first = text.charAt(0);
        return (first == '-' || first == '?' || first == ':') && text.length() > 1 && text.charAt(1) > ' ';
    }

    /** Several lines are a block if every character shows. */
    private static boolean isBlock(String text) {
        return text.indexOf('\n') >= 0
                && !text.startsWith(" ")
                && !text.startsWith("\n")
                && text.chars().noneMatch(c -> isSpecial(c) || (c < ' ' && c != '\n' && c != '\t'))
                && text.lines().noneMatch(line -> line.startsWith("\t") || (line.isBlank() && !line.isEmpty()));
    }

    /** Characters that YAML takes for line breaks or does not show. */
    private static boolean isSpecial(int c) {
        return (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffe;
    }

    private void block(String text, int depth) {
        out.append('|');
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.endsWith("\n\n")) {
            out.append('+');
        }
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) {
                indent(Math.max(depth, 1));
                out.append(line);
            }
        }
    }

    private void quoted(String text) {
        boolean single =
                text.indexOf('\n') < 0 && text.chars().noneMatch(c -> c < ' ' || c >= 0x7f) && text.indexOf('"') >= 0;
        if (single) {
            out.append('\'').append(text.replace("'", "''")).append('\'');
            return;
        }
        // A JSON string is a YAML string, but for characters that YAML does not allow.
        JsonWriter.compact(text).chars().forEach(c -> {
            if (isSpecial(c)) {
                out.append("\\u%04X".formatted(c));
            } else {
                out.append((char) c);
            }
        });
    }
}
