package dev.jcompose.images.registry;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the caller gets at registries.
 *
 * @param environment those of the caller's variables that matter: where {@code config.json} is ({@code DOCKER_CONFIG},
 *     {@code HOME}), where credential helpers are ({@code PATH}), proxies ({@code HTTPS_PROXY} and the like), and
 *     {@code JCOMPOSE_REGISTRIES}
 * @param credentials for the one registry of this operation, over what the environment leads to; null for none
 */
public record RegistryAccess(
        Map<String, String> environment, @Nullable Credentials credentials) {
    public RegistryAccess {
        environment = Map.copyOf(environment);
    }

    /** With the logins that are kept. */
    public static RegistryAccess of(Map<String, String> environment) {
        return new RegistryAccess(environment, null);
    }

    /** With credentials of the caller's own. */
    public RegistryAccess with(Credentials other) {
        return new RegistryAccess(environment, other);
    }

    /** A variable that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
