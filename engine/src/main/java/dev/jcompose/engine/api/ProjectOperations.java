package dev.jcompose.engine.api;

import java.util.List;

/**
 * What can be done with a project and its services. All but the listings are carried out by a plan, which a dry run
 * only tells; one at a time for each project.
 */
public interface ProjectOperations {

    /** Brings a project up: images, networks, volumes, then containers as their dependencies are ready. */
    void up(UpRequest request, EventListener listener);

    /** Stops and removes a project's containers and networks, and its volumes and images when asked. */
    void down(DownRequest request, EventListener listener);

    /** Starts existing containers of services and of what they depend on. */
    void start(ServicesRequest request, EventListener listener);

    /** Stops running containers, dependants first. */
    void stop(ServicesRequest request, EventListener listener);

    /** Stops and starts containers, and those of dependants that want it. */
    void restart(ServicesRequest request, EventListener listener);

    /** Sends a signal to the running containers; the request's {@code signal} must be set. */
    void kill(ServicesRequest request, EventListener listener);

    /** Removes the containers of services that do not run. */
    void remove(ServicesRequest request, EventListener listener);

    /**
     * Makes a one-off container of a service, after it has started what the service depends on. It is not started yet,
     * so that a client can attach before.
     *
     * @return its id
     */
    String createRun(RunRequest request, EventListener listener);

    /** The projects that have containers, networks or volumes. */
    List<ProjectSummary> list();
}
