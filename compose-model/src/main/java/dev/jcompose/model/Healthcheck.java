package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The health check of a service. What is null comes from the image, else from the engine's defaults.
 *
 * @param test begins with {@code NONE}, {@code CMD} or {@code CMD-SHELL}; null: the image's
 * @param interval between probes; default 30 s
 * @param timeout of one probe; default 30 s
 * @param retries consecutive failures until unhealthy; default 3
 * @param startPeriod failures in it do not count; default 0
 * @param startInterval between probes during the start period; default 5 s
 * @param disable true: no probes at all, whatever {@code test} says
 */
public record Healthcheck(
        @Nullable List<String> test,
        @Nullable Duration interval,
        @Nullable Duration timeout,
        @Nullable Integer retries,
        @Nullable Duration startPeriod,
        @Nullable Duration startInterval,
        boolean disable) {

    public Healthcheck {
        test = test == null ? null : Immutable.list(test);
    }
}
