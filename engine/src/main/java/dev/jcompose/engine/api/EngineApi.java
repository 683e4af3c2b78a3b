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
public interface EngineApi extends BuildOperations, ContainerOperations {

    /** Who answers. */
    EngineVersion version();

    /** Brings a project up: networks, volumes, then containers as their dependencies are ready. */
    void up(UpRequest request, EventListener listener);

    /** Stops and removes a project's containers and networks, and its volumes when asked. */
    void down(DownRequest request, EventListener listener);

    /** Starts existing containers of services and of what they depend on. */
    void start(ServicesRequest request, EventListener listener);

    /** Stops running containers, dependants first. */
    void stop(ServicesRequest request, EventListener listener);

    /** Stops and starts containers. */
    void restart(ServicesRequest request, EventListener listener);

    /** Sends a signal to the running containers; the request's {@code signal} must be set. */
    void kill(ServicesRequest request, EventListener listener);

    /** The projects that have containers, networks or volumes. */
    List<ProjectSummary> projects();

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
