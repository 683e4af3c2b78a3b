package dev.jcompose.model;

/**
 * One entry of {@code depends_on}, also for the dependencies that links and shared namespaces imply.
 *
 * @param condition what to wait for
 * @param restart true: this service restarts when the dependency is restarted or recreated by a command
 * @param required false: a failing dependency is a warning only
 */
public record DependsOn(Condition condition, boolean restart, boolean required) {

    /** What a dependent waits for. */
    public enum Condition {
        /** The container runs. */
        SERVICE_STARTED,
        /** Its health check has passed. */
        SERVICE_HEALTHY,
        /** It has exited with status 0. */
        SERVICE_COMPLETED_SUCCESSFULLY
    }
    /** What the short syntax means: {@code service_started}, required, no restart. */
    public static final DependsOn STARTED = new DependsOn(Condition.SERVICE_STARTED, false, true);
}
