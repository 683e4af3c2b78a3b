package dev.jcompose.engine.assemble;

import dev.jcompose.engine.logs.LogLimits;
import dev.jcompose.model.Logging;
import dev.jcompose.model.Service;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code logging} of a service asks for. All drivers that keep logs keep them in the same way; they differ in how
 * much.
 *
 * @see <a href="https://docs.docker.com/engine/logging/configure/">Docker's logging drivers</a>
 */
public final class LogPlans {
    private static final LogLimits LOCAL = new LogLimits(20_000_000, 5, true);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(?:\\.\\d+)? ?([kmgt]?)i?b?");
    private static final String UNITS = "kmgt";
    /** They change how a daemon buffers lines, or what it adds to them, and nothing that can be seen here. */
    private static final Set<String> NO_MATTER =
            Set.of("mode", "max-buffer-size", "labels", "labels-regex", "env", "env-regex", "tag");

    private LogPlans() {}

    /**
     * How much is kept; null for nothing.
     *
     * @throws IllegalArgumentException naming a driver that is not known, or an option that is wrong
     */
    public static @Nullable LogLimits of(Service service) {
        Logging logging = service.logging();
        String driver = logging == null || logging.driver() == null ? "" : logging.driver();
        Map<String, String> options = logging == null ? Map.of() : logging.options();
        String where = "services." + service.name() + ".logging";
        return switch (driver) {
            case "none" -> null;
            case "" -> limits(where, driver, options, LogLimits.DEFAULT);
            // Docker's default, no limit, is how disks become full.
            case "json-file" -> limits(where, driver, options, LogLimits.DEFAULT);
            case "local" -> limits(where, driver, options, LOCAL);
            default ->
                throw new IllegalArgumentException(
                        where + ".driver: \"" + driver + "\" is not supported; known are json-file, local and none");
        };
    }

    private static LogLimits limits(String where, String driver, Map<String, String> options, LogLimits defaults) {
        for (String option : options.keySet()) {
            if (!Set.of("max-size", "max-file", "compress").contains(option) && !NO_MATTER.contains(option)) {
                throw new IllegalArgumentException(where + ".options: \"" + option + "\" is not an option of driver \""
                        + (driver.isEmpty() ? "json-file" : driver) + "\"; it has max-size, max-file and compress");
            }
        }
        String size = options.get("max-size");
        String files = options.get("max-file");
        String compress = options.get("compress");
        try {
            return new LogLimits(
                    size == null ? defaults.maxBytes() : bytes(size),
                    files == null ? defaults.maxFiles() : count(files),
                    compress == null ? defaults.compress() : flag(compress));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ".options: " + e.getMessage(), e);
        }
    }

    private static long bytes(String size) {
        Matcher matcher = SIZE.matcher(size.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("max-size \"" + size + "\" is not a size as 10m or 500k");
        }
        long bytes = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        for (int i = unit.isEmpty() ? -1 : UNITS.indexOf(unit); i >= 0; i--) {
            bytes *= 1000;
        }
        return bytes;
    }

    private static int count(String files) {
        try {
            return Integer.parseInt(files.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("max-file \"" + files + "\" is not a number", e);
        }
    }

    private static boolean flag(String compress) {
        return switch (compress) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("compress \"" + compress + "\" is not true or false");
        };
    }
}
