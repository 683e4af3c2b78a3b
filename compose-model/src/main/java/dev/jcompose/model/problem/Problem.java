package dev.jcompose.model.problem;

import dev.jcompose.model.node.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in a Compose file, or one warning about it.
 *
 * @param location where the value was written
 * @param path where it is in the model, {@code services.web.ports[0]}; empty for the whole file
 * @param message what is wrong; one line, or a few
 * @param snippet the source line with a caret below, if the source is at hand
 * @param hint what to do, such as {@code did you mean "healthcheck"?}
 * @param origin how the value came here: through extends, include, an anchor or a variable
 */
public record Problem(
        SourceLocation location,
        String path,
        String message,
        @Nullable String snippet,
        @Nullable String hint,
        @Nullable String origin) {

    /** A problem with nothing but place and text. */
    public static Problem of(SourceLocation location, String path, String message) {
        return new Problem(location, path, message, null, null, null);
    }

    /** The same with a hint. */
    public Problem withHint(@Nullable String text) {
        return new Problem(location, path, message, snippet, text, origin);
    }

    /** The same with the source line. */
    public Problem withSnippet(@Nullable String text) {
        return new Problem(location, path, message, text, hint, origin);
    }

    /** The same with the way it came. */
    public Problem withOrigin(@Nullable String text) {
        return new Problem(location, path, message, snippet, hint, text);
    }

    /**
     * {@code compose.yaml:14:7: services.web.ports[0]: ...} and, on further lines, the source line with a caret, the
     * origin and the hint.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        String place = location.toString();
        if (!place.isEmpty()) {
            text.append(place).append(": ");
        }
        if (!path.isEmpty() && !message.startsWith(path) && !message.startsWith(dotted())) {
            text.append(path).append(": ");
        }
        text.append(message);
        append(text, snippet);
        append(text, origin);
        append(text, hint);
        return text.toString();
    }

    /** The path as the reference's messages have it, which some messages begin with. */
    private String dotted() {
        return path.replace("[", ".").replace("]", "");
    }

    private static void append(StringBuilder text, @Nullable String line) {
        if (line != null) {
            text.append('\n').append(line.indent(4).stripTrailing());
        }
    }
}
