package dev.jcompose.model.value;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes in bytes: a whole number, or a number with a unit, in steps of 1024: {@code 64m}, {@code 1.5GiB}, {@code 64
 * MB}.
 */
public final class ByteSizes {
    private static final Pattern FORM =
            Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+) ?([kmgtp]?)(i?b)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "kmgtp";

    private ByteSizes() {}

    /**
     * Parses a size; a plain number may be negative.
     *
     * @throws IllegalArgumentException for another form; the message is the reference's
     */
    public static long parse(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return withUnit(text);
        }
    }

    private static long withUnit(String text) {
        Matcher form = FORM.matcher(text);
        boolean onlyI = form.matches() && form.group(2).isEmpty() && "ib".equalsIgnoreCase(form.group(3));
        if (!form.matches() || onlyI) {
            throw new IllegalArgumentException("invalid size: '" + text + "'");
        }
        String unit = form.group(2).toLowerCase(Locale.ROOT);
        long factor = unit.isEmpty() ? 1 : 1L << (10 * (UNITS.indexOf(unit) + 1));
        double bytes = Double.parseDouble(form.group(1)) * factor;
        if (bytes >= Long.MAX_VALUE) {
            throw new IllegalArgumentException("invalid size: '" + text + "'");
        }
        return (long) bytes;
    }
}
