package dev.jcompose.engine.api;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Those of a caller's variables that say how to get at registries; others are not for the engine to know. */
public final class RegistryEnvironment {
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

    private RegistryEnvironment() {}

    /** What of an environment matters. */
    public static Map<String, String> of(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(entry -> NAMES.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
