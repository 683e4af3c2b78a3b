package dev.jcompose.engine.api;

import dev.jcompose.engine.api.PullImagesRequest.Login;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to push.
 *
 * @param images references of images that are here
 * @param ignoreFailures an image that cannot be pushed is a warning
 * @param environment as in {@link ImageOperations}
 * @param login for all registries of the request; null for the logins that are kept
 */
public record PushImagesRequest(
        List<String> images,
        boolean ignoreFailures,
        Map<String, String> environment,
        @Nullable Login login) {

    public PushImagesRequest {
        images = List.copyOf(images);
        environment = Map.copyOf(environment);
    }
}
