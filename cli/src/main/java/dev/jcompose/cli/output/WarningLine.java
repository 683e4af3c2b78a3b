package dev.jcompose.cli.output;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Warnings in the form of the logger that {@code docker compose} uses (logrus): {@code time="..." level=warning
 * msg="..."}.
 */
public final class WarningLine {
    private WarningLine() {}

    /** The line without its end. */
    public static String of(Clock clock, String message) {
        String time = OffsetDateTime.now(clock)
                .truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        String quoted = message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "time=\"%s\" level=warning msg=\"%s\"".formatted(time, quoted);
    }
}
