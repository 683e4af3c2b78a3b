package dev.jcompose.engine.api;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The engine's operations. All block until they are done; listeners are called on the calling thread. An operation ends
 * early with {@link EngineException} of kind {@code CANCELLED} when the calling thread is interrupted.
 *
 * <p>All throw {@link EngineException} with a message for the user.
 */
public interface EngineApi
        extends BuildOperations, ContainerOperations, NetworkOperations, ProjectOperations, VolumeOperations {

    /** Who answers. */
    EngineVersion version();

    /** The images of the store. */
    List<ImageSummary> images();

    /** Loads a docker-archive or OCI-layout tar; gives the names, or ids where there is no name, of what was loaded. */
    List<String> loadImages(InputStream tar);

    /**
     * Hands over log lines, merged over containers in time order; ends with the last line, or when following, when all
     * have ended.
     */
    void logs(LogsRequest request, LogListener listener);

    /** Hands over what happens in a project, or everywhere, until interrupted. */
    void events(Optional<String> project, EventListener listener);
}
