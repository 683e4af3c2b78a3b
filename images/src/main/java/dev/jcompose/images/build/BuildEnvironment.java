package dev.jcompose.images.build;

import dev.jcompose.images.ImageStore;
import dev.jcompose.images.build.cache.BuildCache;
import dev.jcompose.images.transfer.ImageTransfer;
import dev.jcompose.linux.Linux;
import java.time.Clock;

/**
 * What builds have in common.
 *
 * @param cacheMounts for {@code RUN --mount=type=cache}
 * @param transfer for caches that are in registries
 */
public record BuildEnvironment(
        Linux linux,
        ImageStore store,
        BuildCache cache,
        CacheMounts cacheMounts,
        CommandRunner runner,
        BaseImages bases,
        ImageTransfer transfer,
        Clock clock) {}
