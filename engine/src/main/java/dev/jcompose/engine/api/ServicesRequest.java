package dev.jcompose.engine.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation on the existing containers of services.
 *
 * @param project its name
 * @param services empty for all
 * @param timeoutSeconds grace before the kill; null for each service's own
 * @param signal for kill: a name such as {@code SIGHUP} or a number; null elsewhere
 * @param noDeps restart: leave dependants with {@code restart: true} alone
 */
public record ServicesRequest(
        String project,
        Set<String> services,
        @Nullable Integer timeoutSeconds,
        @Nullable String signal,
        boolean noDeps) {

    public ServicesRequest {
        services = Set.copyOf(services);
    }
}
