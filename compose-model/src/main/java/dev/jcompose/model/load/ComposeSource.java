package dev.jcompose.model.load;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Compose file to load.
 *
 * @param name the path as the user gave it, for messages; {@code -} for standard input
 * @param content the text, if it is not read from the path
 */
public record ComposeSource(String name, @Nullable String content) {

    /** A file; the path may be relative to the working directory of the request. */
    public static ComposeSource file(String path) {
        return new ComposeSource(path, null);
    }

    /** A file. */
    public static ComposeSource file(Path path) {
        return new ComposeSource(path.toString(), null);
    }

    /** Text that was read from standard input, or made by a test. */
    public static ComposeSource text(String content) {
        return new ComposeSource("-", content);
    }
}
