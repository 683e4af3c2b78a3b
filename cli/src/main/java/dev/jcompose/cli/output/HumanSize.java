package dev.jcompose.cli.output;

import java.util.List;
import java.util.Locale;

/** Sizes in powers of 1000 with three digits, as Docker prints them: {@code 138MB}. */
public final class HumanSize {
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");

    private HumanSize() {}

    /** The text. */
    public static String of(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.size() - 1) {
            value /= 1000;
            unit++;
        }
        int decimals = unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
        String number = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return (decimals == 0 ? number : number.replaceFirst("\\.?0+$", "")) + UNITS.get(unit);
    }
}
