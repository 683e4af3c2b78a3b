package dev.jcompose.engine.api;

import java.util.Optional;

/**
 * The engine's operations. All block until they are done; listeners are called on the calling thread. An operation ends
 * early with {@link EngineException} of kind {@code CANCELLED} when the calling thread is interrupted.
 *
 * <p>All throw {@link EngineException} with a message for the user.
 */
public interface EngineApi
        extends BuildOperations,
                ContainerOperations,
                DnsOperations,
                ImageOperations,
                NetworkOperations,
                ProjectOperations,
                VolumeOperations {

    /** Who answers. */
    EngineVersion version();

    /**
     * Hands over log lines, merged over containers in time order; ends with the last line, or when following, when all
     * have ended.
     */
    void logs(LogsRequest request, LogListener listener);

    /** Hands over what happens in a project, or everywhere, until interrupted. */
    void events(Optional<String> project, EventListener listener);
}
