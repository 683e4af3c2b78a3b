package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which log lines are wanted.
 *
 * @param services empty for all
 * @param follow go on with what comes, also of containers that start later, until all have ended
 * @param tail the last lines of each container; null for all
 * @param since null for the beginning
 * @param until null for no end
 * @param index only this replica; null for all
 */
public record LogsRequest(
        String project,
        Set<String> services,
        boolean follow,
        @Nullable Integer tail,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Integer index) {

    public LogsRequest {
        services = Set.copyOf(services);
    }
}
