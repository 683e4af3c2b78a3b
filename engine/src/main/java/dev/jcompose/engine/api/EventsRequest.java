package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events to hand over.
 *
 * @param project empty for all
 * @param since also what happened from then on, as far as the engine remembers it; null for nothing of the past
 * @param until ends with the last event before; null for no end
 */
public record EventsRequest(
        Optional<String> project,
        @Nullable Instant since,
        @Nullable Instant until) {}
