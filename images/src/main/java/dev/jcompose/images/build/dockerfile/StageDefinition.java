package dev.jcompose.images.build.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code FROM IMAGE [AS NAME]} and the instructions up to the next one.
 *
 * @param image as written
 * @param platform {@code --platform}, as written; null for none
 * @param name in small letters; null for none
 */
public record StageDefinition(
        Origin at,
        Word image,
        @Nullable Word platform,
        @Nullable String name,
        List<Command> commands) {
    public StageDefinition {
        commands = List.copyOf(commands);
    }
}
