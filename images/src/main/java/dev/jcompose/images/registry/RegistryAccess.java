package dev.jcompose.images.registry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final Set<String> NAMES = Set.of(
            "DOCKER_CONFIG",
            "HOME",
            "PATH",
            "HTTP_PROXY",
            "http_proxy",
            "HTTPS_PROXY",
            "https_proxy",
            "NO_PROXY",
            "no_proxy",
            "ALL_PROXY",
            "all_proxy",
            "SSL_CERT_FILE",
            "JCOMPOSE_REGISTRIES");

    public RegistryAccess {
        environment = Map.copyOf(environment);
    }

    /** With whatever of an environment matters. */
    public static RegistryAccess of(Map<String, String> environment) {
        return new RegistryAccess(
                environment.entrySet().stream()
                        .filter(entry -> NAMES.contains(entry.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                null);
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
