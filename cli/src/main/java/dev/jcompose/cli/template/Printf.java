package dev.jcompose.cli.template;

import dev.jcompose.engine.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code printf}. A value that does not fit its verb, one too many and one too few are printed as Go prints them.
 *
 * @see <a href="https://pkg.go.dev/fmt">fmt</a>
 */
final class Printf {
    private static final Pattern VERB = Pattern.compile("%([-+# 0]*)(\\d*)(?:\\.(\\d*))?(.)?", Pattern.DOTALL);

    private Printf() {}

    /** The text. */
    static String format(String format, List<@Nullable Object> values) {
        StringBuilder text = new StringBuilder();
        Matcher verb = VERB.matcher(format);
        int next = 0;
        int copied = 0;
        while (verb.find()) {
            text.append(format, copied, verb.start());
            copied = verb.end();
            String letter = verb.group(4);
            if (letter == null) {
                text.append("%!(NOVERB)");
            } else if (letter.equals("%")) {
                text.append('%');
            } else if (next == values.size()) {
                text.append("%!").append(letter).append("(MISSING)");
            } else {
                text.append(padded(verb, one(verb, letter.charAt(0), values.get(next))));
                next++;
            }
        }
        text.append(format.substring(copied));
        if (next < values.size()) {
            List<String> extra = values.subList(next, values.size()).stream()
                    .map(value -> type(value) + "=" + GoText.of(value))
                    .toList();
            text.append("%!(EXTRA ").append(String.join(", ", extra)).append(')');
        }
        return text.toString();
    }

    private static String one(Matcher verb, char letter, @Nullable Object value) {
        boolean isWhole = value instanceof Number && !(value instanceof Double);
        String precision = verb.group(3);
        switch (letter) {
            case 'v' -> {
                return GoText.of(value);
            }
            case 's', 'q' -> {
                if (!(value instanceof Number || value instanceof Boolean || value == null)) {
                    String text = cut(GoText.of(value), precision);
                    return letter == 's' ? text : Json.write(text);
                }
            }
            case 'd' -> {
                if (isWhole) {
                    return signed(verb, GoText.of(value));
                }
            }
            case 'x', 'X' -> {
                if (isWhole && value instanceof Number number) {
                    String hex = Long.toHexString(number.longValue());
                    return letter == 'x' ? hex : hex.toUpperCase(Locale.ROOT);
                }
            }
            case 'f' -> {
                if (value instanceof Double number) {
                    int decimals = precision == null ? 6 : precision.isEmpty() ? 0 : Integer.parseInt(precision);
                    return signed(verb, String.format(Locale.ROOT, "%." + decimals + "f", number));
                }
            }
            case 't' -> {
                if (value instanceof Boolean) {
                    return value.toString();
                }
            }
            case 'T' -> {
                return type(value);
            }
            default -> {}
        }
        return value == null
                ? "%!" + letter + "(<nil>)"
                : "%!" + letter + "(" + type(value) + "=" + GoText.of(value) + ")";
    }

    private static String cut(String text, @Nullable String precision) {
        if (precision == null) {
            return text;
        }
        int length = precision.isEmpty() ? 0 : Integer.parseInt(precision);
        return length < text.codePointCount(0, text.length())
                ? text.substring(0, text.offsetByCodePoints(0, length))
                : text;
    }

    private static String signed(Matcher verb, String number) {
        return verb.group(1).contains("+") && !number.startsWith("-") ? "+" + number : number;
    }

    private static String padded(Matcher verb, String text) {
        int width = verb.group(2).isEmpty() ? 0 : Integer.parseInt(verb.group(2));
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        if (verb.group(1).contains("-")) {
            return text + " ".repeat(missing);
        }
        if (!verb.group(1).contains("0")) {
            return " ".repeat(missing) + text;
        }
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }

    private static String type(@Nullable Object value) {
        if (value == null) {
            return "<nil>";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Double) {
            return "float64";
        }
        if (value instanceof Number) {
            return "int";
        }
        return value instanceof List ? "[]interface {}" : "map[string]interface {}";
    }
}
