package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Docker's commands take them. */
final class TimeArgument {
    private static final Pattern SECONDS = Pattern.compile("(\\d+)(?:\\.(\\d{1,9}))?");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");
    private static final Pattern DURATION = Pattern.compile("(?:" + PART.pattern() + ")+");

    private TimeArgument() {}

    /**
     * A while ago ({@code 1h30m}), a date, a date with time (UTC without an offset), or seconds since 1970.
     *
     * @throws CommandException naming the option
     */
    static Instant parse(String option, String text, Instant now) {
        try {
            return parse(text, now);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new CommandException(
                    "invalid value for %s: \"%s\" is neither a time such as 2026-01-02T13:23:37Z nor a duration such as 42m"
                            .formatted(option, text));
        }
    }

    private static Instant parse(String text, Instant now) {
        Matcher seconds = SECONDS.matcher(text);
        if (seconds.matches()) {
            String fraction = seconds.group(2) == null ? "" : seconds.group(2);
            return Instant.ofEpochSecond(
                    Long.parseLong(seconds.group(1)), Long.parseLong((fraction + "000000000").substring(0, 9)));
        }
        if (DURATION.matcher(text).matches()) {
            return now.minus(duration(text));
        }
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        boolean offset = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 10;
        return offset
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    private static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            double unit = switch (part.group(2)) {
                case "ns" -> 1;
                case "us", "µs" -> 1e3;
                case "ms" -> 1e6;
                case "s" -> 1e9;
                case "m" -> 60e9;
                default -> 3600e9;
            };
            sum = sum.plusNanos((long) (Double.parseDouble(part.group(1)) * unit));
        }
        return sum;
    }
}
