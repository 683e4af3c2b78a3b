package dev.jcompose.engine.text;

import dev.jcompose.engine.api.ContainerSummary;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of a container in a few words: the STATUS column. */
public final class StatusText {
    private StatusText() {}

    /** For example {@code Up 5 seconds (healthy)} or {@code Exited (137) 2 hours ago}. */
    public static String of(ContainerSummary container, Instant now) {
        return switch (container.state()) {
            case "running" -> "Up " + since(container.startedAt(), now) + health(container.health());
            case "paused" -> "Up " + since(container.startedAt(), now) + " (Paused)";
            case "restarting" -> ended("Restarting", container, now);
            case "exited" -> ended("Exited", container, now);
            case "created" -> "Created";
            case "dead" -> "Dead";
            default -> container.state();
        };
    }

    private static String health(String health) {
        return switch (health) {
            case "" -> "";
            case "starting" -> " (health: starting)";
            default -> " (" + health + ")";
        };
    }

    private static String ended(String word, ContainerSummary container, Instant now) {
        return "%s (%d) %s ago".formatted(word, container.exitCode(), since(container.finishedAt(), now));
    }

    private static String since(@Nullable Instant then, Instant now) {
        return HumanDuration.of(then == null ? Duration.ZERO : Duration.between(then, now));
    }
}
