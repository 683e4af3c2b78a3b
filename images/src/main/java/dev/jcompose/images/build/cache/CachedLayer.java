package dev.jcompose.images.build.cache;

import dev.jcompose.images.Layer;
import java.time.Instant;

/**
 * A layer that a build made.
 *
 * @param made when it was made; what is taken from the cache keeps its time, so that the same image comes out again
 */
public record CachedLayer(Layer layer, Instant made) {}
