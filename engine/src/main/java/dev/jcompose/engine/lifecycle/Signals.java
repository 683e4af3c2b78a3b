package dev.jcompose.engine.lifecycle;

import java.util.List;
import java.util.Locale;

/** Names of signals. */
public final class Signals {
    private static final List<String> NAMES = List.of(
            "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
            "PROF", "WINCH", "IO", "PWR", "SYS");
    private static final int FIRST_REALTIME = 34;
    private static final int LAST = 64;

    private Signals() {}

    /**
     * The number of a signal.
     *
     * @param text a number 1 to 64, or a name with or without {@code SIG}, in any case; {@code RTMIN+n} too
     * @throws IllegalArgumentException when it is neither
     * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
     */
    public static int parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        name = name.startsWith("SIG") ? name.substring(3) : name;
        int number = NAMES.indexOf(name);
        if (number > 0) {
            return number;
        }
        boolean realtime = name.startsWith("RTMIN+");
        String digits = realtime ? name.substring("RTMIN+".length()) : name;
        if (!digits.matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException("invalid signal: " + text);
        }
        number = Integer.parseInt(digits) + (realtime ? FIRST_REALTIME : 0);
        if (number < 1 || number > LAST) {
            throw new IllegalArgumentException("invalid signal: " + text);
        }
        return number;
    }
}
