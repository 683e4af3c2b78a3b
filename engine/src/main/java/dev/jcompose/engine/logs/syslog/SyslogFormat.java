package dev.jcompose.engine.logs.syslog;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms of a message, as Docker writes them. What they all begin with is the priority in angle brackets. */
enum SyslogFormat {
    /** What a machine's own server is used to: time, tag and process. */
    UNIX,
    /** Likewise, with the host's name. See <a href="https://www.rfc-editor.org/rfc/rfc3164">RFC 3164</a>. */
    RFC3164,
    /** With the year, the zone and a version. See <a href="https://www.rfc-editor.org/rfc/rfc5424">RFC 5424</a>. */
    RFC5424,
    /** Likewise, with microseconds. */
    RFC5424MICRO;

    private static final DateTimeFormatter STAMP = new DateTimeFormatterBuilder()
            .appendPattern("MMM ")
            .padNext(2)
            .appendValue(ChronoField.DAY_OF_MONTH)
            .appendPattern(" HH:mm:ss")
            .toFormatter(Locale.ENGLISH);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", Locale.ROOT);

    /**
     * The format of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static SyslogFormat parse(@Nullable String text) {
        return switch (text == null ? "" : text) {
            case "" -> UNIX;
            case "rfc3164" -> RFC3164;
            case "rfc5424" -> RFC5424;
            case "rfc5424micro" -> RFC5424MICRO;
            default ->
                throw new IllegalArgumentException(
                        "syslog-format \"" + text + "\" is not rfc3164, rfc5424 or rfc5424micro");
        };
    }

    /** Whether it is that of RFC 5424. */
    boolean isModern() {
        return this == RFC5424 || this == RFC5424MICRO;
    }

    /** All that comes before the text of a line. */
    String header(int priority, Instant time, ZoneId zone, String host, String tag, long pid) {
        String begin = "<" + priority + ">";
        return switch (this) {
            case UNIX -> begin + STAMP.format(time.atZone(zone)) + " " + tag + "[" + pid + "]: ";
            case RFC3164 -> begin + STAMP.format(time.atZone(zone)) + " " + host + " " + tag + "[" + pid + "]: ";
            case RFC5424 -> begin + modern(SECONDS.format(time.atZone(zone)), host, tag, pid);
            case RFC5424MICRO -> begin + modern(MICROS.format(time.atZone(zone)), host, tag, pid);
        };
    }

    /** Version, time, host, program, process, kind of message, and no structured data. */
    private static String modern(String time, String host, String tag, long pid) {
        return "1 " + time + " " + host + " " + tag + " " + pid + " " + tag + " - ";
    }
}
