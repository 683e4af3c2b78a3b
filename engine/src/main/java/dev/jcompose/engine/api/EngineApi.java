package dev.jcompose.engine.api;

/**
 * The engine's operations, by the resource that they work on. All block until they are done; listeners are called on
 * the calling thread. An operation ends early with {@link EngineException} of kind {@code CANCELLED} when the calling
 * thread is interrupted.
 *
 * <p>All throw {@link EngineException} with a message for the user.
 */
public interface EngineApi {

    /** Who answers. */
    EngineVersion version();

    /** Projects and their services. */
    ProjectOperations projects();

    /** Single containers, whatever project they belong to. */
    ContainerOperations containers();

    /** Images, here and on registries. */
    ImageOperations images();

    /** Images made from Dockerfiles. */
    BuildOperations builds();

    /** Networks, of all projects. */
    NetworkOperations networks();

    /** The names that containers see. */
    DnsOperations dns();

    /** Volumes, of all projects. */
    VolumeOperations volumes();

    /**
     * Hands over log lines, merged over containers in time order; ends with the last line, or when following, when all
     * have ended.
     */
    void logs(LogsRequest request, LogListener listener);

    /** Hands over events, see {@link #events(EventsRequest, Runnable, EventListener)}. */
    default void events(EventsRequest request, EventListener listener) {
        events(request, () -> {}, listener);
    }

    /**
     * Hands over what happens in a project, or everywhere, until interrupted or until the end that was asked for.
     *
     * @param begun is called once, before the first event, as soon as none that happens is missed any more
     */
    void events(EventsRequest request, Runnable begun, EventListener listener);
}
