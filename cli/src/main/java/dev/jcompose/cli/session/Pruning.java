package dev.jcompose.cli.session;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What commands that remove whatever nobody uses have in common.
 *
 * @param labels that what goes must have, {@code NAME} or {@code NAME=VALUE}
 * @param until only what was made before goes; null for no limit
 */
public record Pruning(List<String> labels, @Nullable Instant until) {
    private static final String LABEL = "label=";
    private static final String UNTIL = "until=";

    public Pruning {
        labels = List.copyOf(labels);
    }

    /** Reads {@code --filter} options. */
    public static Pruning parse(List<String> filters, Instant now) {
        List<String> labels = new ArrayList<>();
        Instant until = null;
        for (String filter : filters) {
            if (filter.startsWith(LABEL)) {
                labels.add(filter.substring(LABEL.length()));
            } else if (filter.startsWith(UNTIL)) {
                until = instant(filter.substring(UNTIL.length()), now);
            } else {
                throw new CommandException("invalid filter '%s': label or until".formatted(filter));
            }
        }
        return new Pruning(labels, until);
    }

    private static Instant instant(String text, Instant now) {
        try {
            return text.matches("([0-9]+h)?([0-9]+m)?([0-9]+s)?")
                    ? now.minus(Duration.parse("PT" + text))
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CommandException("\"%s\" is neither a time nor a duration such as 24h".formatted(text));
        }
    }

    /** Asks; the end of the input means no. */
    public static boolean isConfirmed(Session session, String what) {
        return session.isYes("WARNING! This will remove " + what + ".\nAre you sure you want to continue? [y/N] ");
    }
}
