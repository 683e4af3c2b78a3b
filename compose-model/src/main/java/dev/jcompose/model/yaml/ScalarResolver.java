package dev.jcompose.model.yaml;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means: booleans as in YAML 1.2 (only {@code true} and {@code false}), integers as in YAML 1.1
 * ({@code 0755} is octal, {@code 1_000} is allowed, but {@code 22:22} is text), as the reference has it. Infinity and
 * NaN are text: JSON has no such numbers.
 */
final class ScalarResolver {
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private ScalarResolver() {}

    /** String, Long, BigInteger (for what needs 64 bits), Double, Boolean or null. */
    static @Nullable Object resolve(String text) {
        if (text.isEmpty()) {
            return null;
        }
        char first = text.charAt(0);
        if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
            return number(text);
        }
        return switch (text) {
            case "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> text;
        };
    }

    private static Object number(String text) {
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        Object integer = integer(plain);
        if (integer != null) {
            return integer;
        }
        if (!FLOAT.matcher(plain).matches()) {
            return text;
        }
        double value = Double.parseDouble(plain);
        return Double.isInfinite(value) ? text : value;
    }

    private static @Nullable Object integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        if (digits.isEmpty() || digits.charAt(0) == '-' || digits.charAt(0) == '+') {
            return null;
        }
        int radix = 10;
        int skip = 0;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            switch (digits.charAt(1)) {
                case 'x', 'X' -> radix = 16;
                case 'o', 'O' -> radix = 8;
                case 'b', 'B' -> radix = 2;
                default -> radix = -8;
            }
            skip = radix == -8 ? 1 : 2;
            radix = Math.abs(radix);
        }
        String magnitude = digits.substring(skip);
        if (!isNumber(magnitude, radix)) {
            return null;
        }
        if (negative && digits.equals("0")) {
            return -0.0;
        }
        try {
            return Long.parseLong(negative ? "-" + magnitude : magnitude, radix);
        } catch (NumberFormatException e) {
            BigInteger value = new BigInteger(magnitude, radix);
            if (!negative && value.bitLength() <= Long.SIZE) {
                return value;
            }
            return negative ? -value.doubleValue() : value.doubleValue();
        }
    }

    private static boolean isNumber(String digits, int radix) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), radix) < 0) {
                return false;
            }
        }
        return !digits.isEmpty();
    }
}
