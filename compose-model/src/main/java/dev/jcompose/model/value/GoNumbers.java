package dev.jcompose.model.value;

import java.math.BigDecimal;

/** Numbers as text in the way the reference prints them. */
public final class GoNumbers {
    private static final int MIN_EXPONENT = -4;
    private static final int JSON_EXPONENT = 21;
    private static final int TEXT_EXPONENT = 6;

    private GoNumbers() {}

    /** A number of a document, as short as possible: {@code 1.1}, {@code 1000000}, {@code 1e+21}. */
    public static String format(double number) {
        return format(number, JSON_EXPONENT);
    }

    private static String format(double number, int maxExponent) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= MIN_EXPONENT && exponent < maxExponent) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (number < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** A scalar of a key/value list as text: {@code true}, {@code 493}, {@code 1.5}, {@code 1e+06}. */
    public static String text(Object scalar) {
        return scalar instanceof Double number ? format(number, TEXT_EXPONENT) : scalar.toString();
    }
}
