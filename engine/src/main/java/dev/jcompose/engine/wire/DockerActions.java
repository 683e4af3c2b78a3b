package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Action;
import java.util.Map;
import java.util.Optional;

/**
 * What Docker calls that which happens to a container. Other events are about the progress of an operation, and Docker
 * has no word for them.
 */
public final class DockerActions {
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry(Action.CREATED, "create"),
            Map.entry(Action.STARTED, "start"),
            Map.entry(Action.STOPPED, "stop"),
            Map.entry(Action.SIGNALLED, "kill"),
            Map.entry(Action.EXITED, "die"),
            Map.entry(Action.REMOVED, "destroy"),
            Map.entry(Action.RECREATED, "rename"),
            Map.entry(Action.PAUSED, "pause"),
            Map.entry(Action.UNPAUSED, "unpause"),
            Map.entry(Action.OUT_OF_MEMORY, "oom"),
            Map.entry(Action.ATTACHED, "attach"),
            Map.entry(Action.DETACHED, "detach"),
            Map.entry(Action.EXEC_CREATED, "exec_create: "),
            Map.entry(Action.EXEC_STARTED, "exec_start: "),
            Map.entry(Action.EXEC_DIED, "exec_die"),
            Map.entry(Action.HEALTHY, "health_status: healthy"),
            Map.entry(Action.UNHEALTHY, "health_status: unhealthy"));

    private DockerActions() {}

    /** The word for an event; empty if there is none. */
    public static Optional<String> of(Event event) {
        String word = ACTIONS.get(event.action());
        if (word == null) {
            return Optional.empty();
        }
        return Optional.of(word.endsWith(" ") ? word + event.detail() : word);
    }
}
