package dev.jcompose.images.build.cache;

/**
 * A cache to write.
 *
 * @param allStages whether also layers that are not in the image go there ({@code mode=max})
 * @param ignoreErrors whether a cache that cannot be written is only told
 */
public record CacheExport(CacheLocation location, boolean allStages, boolean ignoreErrors) {}
