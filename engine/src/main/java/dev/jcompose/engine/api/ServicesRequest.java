package dev.jcompose.engine.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation on the existing containers of services.
 *
 * @param timeoutSeconds grace before the kill; null for each service's own
 * @param signal for kill: a name such as {@code SIGHUP} or a number; null elsewhere
 * @param noDeps restart: leave dependants with {@code restart: true} alone
 * @param volumes remove: also anonymous volumes
 * @param awaitReady start: return only when every service runs, and is healthy where it has a health check
 * @param waitTimeoutSeconds for {@code awaitReady}, null for no limit
 */
public record ServicesRequest(
        ServiceScope scope,
        @Nullable Integer timeoutSeconds,
        @Nullable String signal,
        boolean noDeps,
        boolean volumes,
        boolean awaitReady,
        @Nullable Integer waitTimeoutSeconds,
        Execution execution) {

    /** In the usual way. */
    public ServicesRequest(
            ServiceScope scope, @Nullable Integer timeoutSeconds, @Nullable String signal, boolean noDeps) {
        this(scope, timeoutSeconds, signal, noDeps, false, false, null, Execution.USUAL);
    }

    /** In the usual way, for whatever project has that name. */
    public ServicesRequest(
            String project,
            Set<String> services,
            @Nullable Integer timeoutSeconds,
            @Nullable String signal,
            boolean noDeps) {
        this(new ServiceScope(project, null, null, services), timeoutSeconds, signal, noDeps);
    }

    /** The same with anonymous volumes, or without. */
    public ServicesRequest withVolumes(boolean also) {
        return new ServicesRequest(
                scope, timeoutSeconds, signal, noDeps, also, awaitReady, waitTimeoutSeconds, execution);
    }

    /** The same, returning only when the services are ready. */
    public ServicesRequest awaitingReady(@Nullable Integer limitSeconds) {
        return new ServicesRequest(scope, timeoutSeconds, signal, noDeps, volumes, true, limitSeconds, execution);
    }

    /** The same, carried out in another way. */
    public ServicesRequest with(Execution how) {
        return new ServicesRequest(scope, timeoutSeconds, signal, noDeps, volumes, awaitReady, waitTimeoutSeconds, how);
    }
}
