package dev.jcompose.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much the engine's log says. Must come before the first logger.
 *
 * @see <a href="https://www.slf4j.org/api/org/slf4j/simple/SimpleLogger.html">SimpleLogger</a>
 */
final class LogSettings {
    /** {@code trace}, {@code debug}, {@code info}, {@code warn}, {@code error} or {@code off}. */
    static final String LEVEL = "JCOMPOSE_LOG_LEVEL";

    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");
    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private LogSettings() {}

    /** Sets the level that the environment asks for, the usual one when it asks for none; and the form of lines. */
    static void apply(Map<String, String> environment) {
        System.setProperty(PREFIX + "defaultLogLevel", level(environment));
        System.setProperty(PREFIX + "showDateTime", "true");
        System.setProperty(PREFIX + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        System.setProperty(PREFIX + "showThreadName", "false");
        System.setProperty(PREFIX + "showShortLogName", "true");
    }

    static String level(Map<String, String> environment) {
        String level = environment.getOrDefault(LEVEL, "").toLowerCase(Locale.ROOT);
        return LEVELS.contains(level) ? level : "info";
    }
}
