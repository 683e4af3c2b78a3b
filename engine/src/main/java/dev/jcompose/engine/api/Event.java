package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened, or began to, to one resource. The CLI's progress display, {@code jcompose events} and the
 * warnings are all views of these.
 *
 * @param resource what it happened to
 * @param project the project's name, empty for none
 * @param id the container's id, or the name of another resource
 * @param name for people, for example {@code web-db-db-1} or {@code web-db_default}
 * @param action one of the constants of {@link Action}: for people and machines alike
 * @param status how the display shows it
 * @param detail more words, for example the reason of an error; empty for none
 * @param attributes service, image, exitCode and other facts by their Docker names
 */
public record Event(
        Instant time,
        Resource resource,
        String project,
        String id,
        String name,
        String action,
        Status status,
        String detail,
        Map<String, String> attributes) {

    /** What can have events. */
    public enum Resource {
        CONTAINER,
        NETWORK,
        VOLUME,
        IMAGE,
        PROJECT
    }

    /** How the display shows an event. */
    public enum Status {
        WORKING,
        DONE,
        WARNING,
        ERROR
    }

    /** The vocabulary, as {@code docker compose} prints it. */
    public static final class Action {
        public static final String CREATING = "Creating";
        public static final String CREATED = "Created";
        public static final String STARTING = "Starting";
        public static final String STARTED = "Started";
        public static final String RUNNING = "Running";
        public static final String WAITING = "Waiting";
        public static final String HEALTHY = "Healthy";
        public static final String UNHEALTHY = "Unhealthy";
        public static final String EXITED = "Exited";
        public static final String RESTARTING = "Restarting";
        public static final String RECREATE = "Recreate";
        public static final String RECREATED = "Recreated";
        public static final String STOPPING = "Stopping";
        public static final String STOPPED = "Stopped";
        public static final String KILLING = "Killing";
        public static final String KILLED = "Killed";
        public static final String PAUSING = "Pausing";
        public static final String PAUSED = "Paused";
        public static final String UNPAUSING = "Unpausing";
        public static final String UNPAUSED = "Unpaused";
        public static final String REMOVING = "Removing";
        public static final String REMOVED = "Removed";
        public static final String PULLING = "Pulling";
        public static final String PULLED = "Pulled";
        public static final String STILL_IN_USE = "Resource is still in use";
        public static final String BUILDING = "Building";
        public static final String BUILT = "Built";
        public static final String SKIPPED = "Skipped";
        public static final String PUSHING = "Pushing";
        public static final String PUSHED = "Pushed";
        /** It was sent a signal; the attribute {@code signal} is its number. */
        public static final String SIGNALLED = "Signalled";
        /** The kernel killed processes of it for want of memory. */
        public static final String OUT_OF_MEMORY = "Out of memory";
        /** A client was connected with its command, or has left. */
        public static final String ATTACHED = "Attached";

        public static final String DETACHED = "Detached";
        /** A further command in it; the detail is the command. */
        public static final String EXEC_CREATED = "Exec created";

        public static final String EXEC_STARTED = "Exec started";
        public static final String EXEC_DIED = "Exec died";
        /**
         * How long a step of a plan took, when {@link Execution#timings} asks for it: {@code step} is its verb as the
         * plan prints it, {@code began} a time, the event's time is its end; {@code id} and {@code after} are the
         * numbers of the step and of those that it came after, with commas between them.
         */
        public static final String TIMING = "Timing";

        public static final String WARNING = "Warning";
        public static final String ERROR = "Error";
        /** A line that a lifecycle hook has printed. */
        public static final String HOOK = "Hook";

        private Action() {}
    }

    public Event {
        attributes = Map.copyOf(attributes);
    }
}
