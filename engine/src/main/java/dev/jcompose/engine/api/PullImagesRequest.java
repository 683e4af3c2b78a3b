package dev.jcompose.engine.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to pull.
 *
 * @param ignoreFailures an image that cannot be had is a warning
 * @param environment as in {@link ImageOperations}
 * @param login for all registries of the request; null for the logins that are kept
 */
public record PullImagesRequest(
        List<Item> items,
        boolean ignoreFailures,
        Map<String, String> environment,
        @Nullable Login login) {

    /**
     * An image.
     *
     * @param service whose image it is; empty for none
     * @param platform {@code OS/ARCH[/VARIANT]}; null for this machine's
     * @param policy {@code always}, {@code missing}, {@code never}, {@code daily}, {@code weekly}, {@code every_12h}
     * @param buildable whether it can be built instead
     */
    public record Item(
            String service, String image, @Nullable String platform, String policy, boolean buildable) {}

    /** A login that is not kept; {@code identityToken} is empty for none. */
    public record Login(String username, String password, String identityToken) {
        /** Tells no secret. */
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    public PullImagesRequest {
        items = List.copyOf(items);
        environment = Map.copyOf(environment);
    }
}
