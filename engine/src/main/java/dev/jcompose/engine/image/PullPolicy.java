package dev.jcompose.engine.image;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When an image is pulled.
 *
 * @param refreshAfter for {@code REFRESH}: how old an image may be, counted from when it was pulled last; null
 *     otherwise
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/05-services.md#pull_policy">pull_policy</a>
 */
public record PullPolicy(Rule rule, @Nullable Duration refreshAfter) {
    private static final Pattern EVERY = Pattern.compile("every_((?:[0-9]+(?:\\.[0-9]+)?(?:w|d|h|m|s))+)");
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(w|d|h|m|s)");

    /** The kinds. */
    public enum Rule {
        ALWAYS,
        NEVER,
        MISSING,
        BUILD,
        REFRESH
    }

    /**
     * Reads one; null is {@code missing}.
     *
     * @throws EngineException of kind INVALID naming those that there are
     */
    public static PullPolicy parse(@Nullable String text) {
        if (text == null) {
            return new PullPolicy(Rule.MISSING, null);
        }
        return switch (text) {
            case "", "missing", "if_not_present" -> new PullPolicy(Rule.MISSING, null);
            case "always" -> new PullPolicy(Rule.ALWAYS, null);
            case "never" -> new PullPolicy(Rule.NEVER, null);
            case "build" -> new PullPolicy(Rule.BUILD, null);
            case "daily" -> new PullPolicy(Rule.REFRESH, Duration.ofDays(1));
            case "weekly" -> new PullPolicy(Rule.REFRESH, Duration.ofDays(7));
            default -> new PullPolicy(Rule.REFRESH, every(text));
        };
    }

    private static Duration every(String text) {
        Matcher every = EVERY.matcher(text);
        if (!every.matches()) {
            throw new EngineException(
                    Kind.INVALID,
                    "pull policy \"" + text + "\" is none of always, never, missing, if_not_present, build, daily,"
                            + " weekly, every_<duration> (every_12h, every_1d6h)");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(every.group(1));
        while (part.find()) {
            long unitSeconds = switch (part.group(2)) {
                case "w" -> 7 * 24 * 3600;
                case "d" -> 24 * 3600;
                case "h" -> 3600;
                case "m" -> 60;
                default -> 1;
            };
            sum = sum.plusMillis((long) (Double.parseDouble(part.group(1)) * unitSeconds * 1000));
        }
        return sum;
    }

    /**
     * Whether an image is to be pulled.
     *
     * @param lastTagged of the image that is here; null if there is none
     */
    public boolean pulls(@Nullable Instant lastTagged, Instant now) {
        return switch (rule) {
            case ALWAYS -> true;
            case NEVER, BUILD -> false;
            case MISSING -> lastTagged == null;
            case REFRESH ->
                lastTagged == null
                        || refreshAfter == null
                        || lastTagged.plus(refreshAfter).isBefore(now);
        };
    }
}
