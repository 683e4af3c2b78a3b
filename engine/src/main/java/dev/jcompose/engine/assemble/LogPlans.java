package dev.jcompose.engine.assemble;

import dev.jcompose.engine.logs.LogLimits;
import dev.jcompose.engine.logs.syslog.SyslogPlan;
import dev.jcompose.model.Logging;
import dev.jcompose.model.Service;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code logging} of a service asks for. All drivers keep logs in the same way; they differ in how much, and in
 * where lines go beside.
 *
 * @see <a href="https://docs.docker.com/engine/logging/configure/">Docker's logging drivers</a>
 */
public final class LogPlans {
    private static final LogLimits LOCAL = new LogLimits(20_000_000, 5, true);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(?:\\.\\d+)? ?([kmgt]?)i?b?");
    private static final Set<String> DRIVERS = Set.of("", "json-file", "local", "none", "syslog");
    private static final String UNITS = "kmgt";
    /** They change how a daemon buffers lines, or what it adds to them, and nothing that can be seen here. */
    private static final Set<String> NO_MATTER =
            Set.of("mode", "max-buffer-size", "labels", "labels-regex", "env", "env-regex");

    private static final List<String> FILES = List.of("max-size", "max-file", "compress");
    private static final List<String> SYSLOG = List.of(
            "syslog-address",
            "syslog-facility",
            "syslog-format",
            "syslog-tls-ca-cert",
            "syslog-tls-cert",
            "syslog-tls-key",
            "syslog-tls-skip-verify",
            "tag",
            "cache-disabled",
            "cache-max-size",
            "cache-max-file",
            "cache-compress");

    private LogPlans() {}

    /**
     * What the service asks for.
     *
     * @throws IllegalArgumentException naming a driver that is not known, or an option that is wrong
     */
    public static LogPlan of(Service service) {
        Logging logging = service.logging();
        String driver = logging == null || logging.driver() == null ? "" : logging.driver();
        Map<String, String> options = logging == null ? Map.of() : logging.options();
        String where = "services." + service.name() + ".logging";
        if (!DRIVERS.contains(driver)) {
            throw new IllegalArgumentException(where + ".driver: \"" + driver
                    + "\" is not supported; known are json-file, local, none and syslog");
        }
        try {
            return switch (driver) {
                case "none" -> new LogPlan(LogPlan.LIVE, false, null);
                case "local" -> files(driver, options, LOCAL);
                case "syslog" -> syslog(options);
                // Docker's default, no limit, is how disks become full.
                default -> files("json-file", options, LogLimits.DEFAULT);
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ".options: " + e.getMessage(), e);
        }
    }

    private static LogPlan files(String driver, Map<String, String> options, LogLimits defaults) {
        // A tag is for those who get lines of many containers.
        known(driver, options, FILES, "tag");
        return new LogPlan(limits("", options, defaults), true, null);
    }

    /** Lines that a server gets can be read here as well, unless that is not wanted. */
    private static LogPlan syslog(Map<String, String> options) {
        known("syslog", options, SYSLOG, "");
        boolean kept = !flag("cache-disabled", options.getOrDefault("cache-disabled", "false"));
        SyslogPlan plan = SyslogPlan.of(options);
        return new LogPlan(kept ? limits("cache-", options, LOCAL) : LogPlan.LIVE, kept, plan);
    }

    private static void known(String driver, Map<String, String> options, List<String> own, String ignored) {
        for (String option : options.keySet()) {
            if (!own.contains(option) && !NO_MATTER.contains(option) && !option.equals(ignored)) {
                throw new IllegalArgumentException("\"" + option + "\" is not an option of driver \"" + driver
                        + "\"; it has " + String.join(", ", own));
            }
        }
    }

    private static LogLimits limits(String prefix, Map<String, String> options, LogLimits defaults) {
        String size = options.get(prefix + "max-size");
        String files = options.get(prefix + "max-file");
        String compress = options.get(prefix + "compress");
        return new LogLimits(
                size == null ? defaults.maxBytes() : bytes(prefix + "max-size", size),
                files == null ? defaults.maxFiles() : count(prefix + "max-file", files),
                compress == null ? defaults.compress() : flag(prefix + "compress", compress));
    }

    private static long bytes(String option, String size) {
        Matcher matcher = SIZE.matcher(size.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(option + " \"" + size + "\" is not a size as 10m or 500k");
        }
        long bytes = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        for (int i = unit.isEmpty() ? -1 : UNITS.indexOf(unit); i >= 0; i--) {
            bytes *= 1000;
        }
        return bytes;
    }

    private static int count(String option, String files) {
        try {
            return Integer.parseInt(files.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " \"" + files + "\" is not a number", e);
        }
    }

    private static boolean flag(String option, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(option + " \"" + value + "\" is not true or false");
        };
    }
}
