package dev.jcompose.model.value;

import java.time.Duration;

/**
 * Durations as Go writes them, {@code 1h5m30s20ms}, with the further units {@code d} and {@code w}. A unit is required.
 */
public final class Durations {
    private static final long SECOND = 1_000_000_000L;

    private Durations() {}

    /**
     * Parses a duration.
     *
     * @throws IllegalArgumentException for another form; the message is the reference's
     */
    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        int at = negative || text.startsWith("+") ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return Duration.ZERO;
        }
        if (at == text.length()) {
            throw invalid(text);
        }
        long nanos = 0;
        while (at < text.length()) {
            int number = at;
            while (at < text.length() && (Character.digit(text.charAt(at), 10) >= 0 || text.charAt(at) == '.')) {
                at++;
            }
            int unit = at;
            while (at < text.length() && text.charAt(at) != '.' && Character.digit(text.charAt(at), 10) < 0) {
                at++;
            }
            nanos = sum(text, nanos, nanos(text, text.substring(number, unit), text.substring(unit, at)));
        }
        return Duration.ofNanos(negative ? -nanos : nanos);
    }

    private static long sum(String text, long a, long b) {
        if (a + b < 0) {
            throw invalid(text);
        }
        return a + b;
    }

    private static long nanos(String text, String number, String unit) {
        if (number.isEmpty() || number.equals(".")) {
            throw invalid(text);
        }
        if (unit.isEmpty()) {
            throw new IllegalArgumentException("time: missing unit in duration \"" + text + "\"");
        }
        long scale = switch (unit) {
            case "ns" -> 1;
            case "us", "\u00b5s", "\u03bcs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            case "h" -> 3_600 * SECOND;
            case "d" -> 86_400 * SECOND;
            case "w" -> 604_800 * SECOND;
            default ->
                throw new IllegalArgumentException("time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
        };
        try {
            return scaled(text, number, scale);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"", e);
        }
    }

    /** By hand: the first {@code BigDecimal} costs a cold JVM ten milliseconds. */
    private static long scaled(String text, String number, long scale) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        long nanos = whole.isEmpty() ? 0 : Math.multiplyExact(Long.parseLong(whole), scale);
        long unit = scale;
        for (int i = point < 0 ? number.length() : point + 1; i < number.length(); i++) {
            if (number.charAt(i) == '.') {
                throw invalid(text);
            }
            unit /= 10;
            nanos = Math.addExact(nanos, unit * Character.digit(number.charAt(i), 10));
        }
        return nanos;
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("time: invalid duration \"" + text + "\"");
    }

    /** The duration as Go prints it: {@code 1h5m30.02s}, {@code 500ms}, {@code 0s}. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        String sign = duration.isNegative() ? "-" : "";
        long nanos = Math.abs(duration.toNanos());
        if (nanos < 1_000) {
            return sign + nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return sign + decimal(nanos, 1_000) + "\u00b5s";
        }
        if (nanos < SECOND) {
            return sign + decimal(nanos, 1_000_000) + "ms";
        }
        long minutes = nanos / (60 * SECOND);
        String seconds = decimal(nanos % (60 * SECOND), SECOND) + "s";
        if (minutes == 0) {
            return sign + seconds;
        }
        return sign + (minutes < 60 ? "" : minutes / 60 + "h") + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long nanos, long unit) {
        long rest = nanos % unit;
        if (rest == 0) {
            return String.valueOf(nanos / unit);
        }
        // Adding the unit keeps the zeros in front.
        String fraction = String.valueOf(unit + rest).substring(1);
        int end = fraction.length();
        while (fraction.charAt(end - 1) == '0') {
            end--;
        }
        return nanos / unit + "." + fraction.substring(0, end);
    }
}
