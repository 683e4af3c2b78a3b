package dev.jcompose.engine.text;

import java.time.Duration;
import java.time.Instant;

/** Durations in rough words, by the steps that Docker uses. */
public final class HumanDuration {
    private HumanDuration() {}

    /** For example {@code 5 seconds ago}; {@code N/A} for the epoch, which stands for a time that nobody knows. */
    public static String ago(Instant then, Instant now) {
        return then.equals(Instant.EPOCH) ? "N/A" : of(Duration.between(then, now)) + " ago";
    }

    /** For example {@code 5 seconds}, {@code About a minute}, {@code 3 weeks}; a negative duration counts as none. */
    public static String of(Duration duration) {
        long seconds = duration.toSeconds();
        long minutes = duration.toMinutes();
        // Docker rounds hours, but cuts everything else.
        long hours = duration.plusMinutes(30).toHours();
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        if (hours < 48) {
            return hours == 1 ? "About an hour" : hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        if (hours < 24 * 365 * 2) {
            return hours / 24 / 30 + " months";
        }
        return duration.toHours() / 24 / 365 + " years";
    }
}
