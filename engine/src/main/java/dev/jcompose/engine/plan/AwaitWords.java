package dev.jcompose.engine.plan;

import dev.jcompose.model.DependsOn.Condition;
import java.util.Locale;

/** What a plan says about waiting. */
final class AwaitWords {
    private AwaitWords() {}

    /** As in a Compose file: {@code service_healthy}. */
    static String of(Condition condition) {
        return condition.name().toLowerCase(Locale.ROOT);
    }
}
