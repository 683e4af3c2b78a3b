package dev.jcompose.engine.logs.syslog;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names of syslog facilities.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1">RFC 5424, 6.2.1</a>
 */
final class SyslogFacility {
    private static final List<String> NAMES = List.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "syslog",
            "lpr",
            "news",
            "uucp",
            "cron",
            "authpriv",
            "ftp",
            "",
            "",
            "",
            "",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");
    private static final String DEFAULT = "daemon";

    private SyslogFacility() {}

    /**
     * The number of a facility.
     *
     * @param text a name, or a number 0 to 23; {@code daemon} without one
     * @throws IllegalArgumentException when it is neither
     */
    static int parse(@Nullable String text) {
        String name = text == null || text.isEmpty() ? DEFAULT : text.toLowerCase(Locale.ROOT);
        int number = NAMES.indexOf(name);
        if (number >= 0) {
            return number;
        }
        if (name.matches("[0-9]{1,2}") && Integer.parseInt(name) < NAMES.size()) {
            return Integer.parseInt(name);
        }
        throw new IllegalArgumentException(
                "syslog-facility \"" + text + "\" is not a name as daemon or local0, nor 0 to 23");
    }
}
