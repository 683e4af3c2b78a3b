package dev.jcompose.engine.api;

import java.util.Map;

/**
 * A login to a registry.
 *
 * @param registry its name as in references, {@code docker.io} for Docker Hub
 * @param keep whether it is kept, or only tried
 * @param environment as in {@link ImageOperations}
 */
public record LoginRequest(
        String registry, String username, String password, boolean keep, Map<String, String> environment) {
    public LoginRequest {
        environment = Map.copyOf(environment);
    }

    /** Tells no secret. */
    @Override
    public String toString() {
        return "LoginRequest[" + registry + ", " + username + "]";
    }
}
