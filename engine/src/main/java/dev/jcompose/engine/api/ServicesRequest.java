package dev.jcompose.engine.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation on the existing containers of services.
 *
 * @param project its name
 * @param directory of the project, to be sure that it is not another one of that name; null where only the name is
 *     known
 * @param services empty for all
 * @param timeoutSeconds grace before the kill; null for each service's own
 * @param signal for kill: a name such as {@code SIGHUP} or a number; null elsewhere
 * @param noDeps restart: leave dependants with {@code restart: true} alone
 * @param volumes remove: also anonymous volumes
 * @param awaitReady start: return only when every service runs, and is healthy where it has a health check
 * @param waitTimeoutSeconds for {@code awaitReady}, null for no limit
 */
public record ServicesRequest(
        String project,
        @Nullable String directory,
        Set<String> services,
        @Nullable Integer timeoutSeconds,
        @Nullable String signal,
        boolean noDeps,
        boolean volumes,
        boolean awaitReady,
        @Nullable Integer waitTimeoutSeconds,
        Execution execution) {

    public ServicesRequest {
        services = Set.copyOf(services);
    }

    /** In the usual way, for whatever project has that name. */
    public ServicesRequest(
            String project,
            Set<String> services,
            @Nullable Integer timeoutSeconds,
            @Nullable String signal,
            boolean noDeps) {
        this(project, null, services, timeoutSeconds, signal, noDeps, false, false, null, Execution.USUAL);
    }

    /** The same for the project of that directory only. */
    public ServicesRequest in(@Nullable String projectDirectory) {
        return new ServicesRequest(
                project,
                projectDirectory,
                services,
                timeoutSeconds,
                signal,
                noDeps,
                volumes,
                awaitReady,
                waitTimeoutSeconds,
                execution);
    }

    /** The same with anonymous volumes, or without. */
    public ServicesRequest withVolumes(boolean also) {
        return new ServicesRequest(
                project,
                directory,
                services,
                timeoutSeconds,
                signal,
                noDeps,
                also,
                awaitReady,
                waitTimeoutSeconds,
                execution);
    }

    /** The same, returning only when the services are ready. */
    public ServicesRequest awaitingReady(@Nullable Integer limitSeconds) {
        return new ServicesRequest(
                project, directory, services, timeoutSeconds, signal, noDeps, volumes, true, limitSeconds, execution);
    }

    /** The same, carried out in another way. */
    public ServicesRequest with(Execution how) {
        return new ServicesRequest(
                project,
                directory,
                services,
                timeoutSeconds,
                signal,
                noDeps,
                volumes,
                awaitReady,
                waitTimeoutSeconds,
                how);
    }
}
