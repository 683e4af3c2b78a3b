package dev.jcompose.engine.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code up}, {@code create} and {@code run} take images from, as their options say.
 *
 * @param pull {@code always}, {@code missing} or {@code never}, over what services say; null for what they say
 * @param build build the images of services with {@code build} even when they are there
 * @param noBuild never build
 * @param quietPull tell nothing of the progress of a pull
 * @param quietBuild tell nothing of the output of a build
 * @param environment the caller's variables that say how to get at registries, see {@link ImageOperations}
 */
public record ImageOptions(
        @Nullable String pull,
        boolean build,
        boolean noBuild,
        boolean quietPull,
        boolean quietBuild,
        Map<String, String> environment) {

    /** What the services say. */
    public static final ImageOptions USUAL = new ImageOptions(null, false, false, false, false, Map.of());

    public ImageOptions {
        environment = Map.copyOf(environment);
    }
}
