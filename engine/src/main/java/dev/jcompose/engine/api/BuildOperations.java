package dev.jcompose.engine.api;

/** Images made from Dockerfiles. */
public interface BuildOperations {

    /**
     * Builds the images of services that have a {@code build}, and of those that they use as contexts, several at once.
     * The events of an image are {@link Event.Action#BUILDING}, any number of lines of output (the same action, with
     * the attribute {@link BuildRequest#OUTPUT}), then {@link Event.Action#BUILT} with the image's id.
     *
     * @throws EngineException with the place in the Dockerfile and the last output of a command that failed; images
     *     that were done before are there
     */
    void build(BuildRequest request, EventListener listener);
}
