package dev.jcompose.engine.api;

import java.util.List;

/** Networks, of all projects. All throw {@link EngineException} with a message for the user. */
public interface NetworkOperations {

    /** All networks, by name; among them those that are always there: {@code bridge}, {@code host}, {@code none}. */
    List<NetworkSummary> list();

    /**
     * Makes a network of no project, for projects to use as {@code external}.
     *
     * @throws EngineException of kind CONFLICT when there is one of that name, INVALID for settings that cannot be
     */
    NetworkSummary create(NetworkRequest request);

    /**
     * Removes a network.
     *
     * @param network its name, its id, or the beginning of an id that only one has
     * @throws EngineException of kind CONFLICT while a container uses it, NOT_FOUND when there is none
     */
    void remove(String network);

    /**
     * Takes a container to one more network, at once when it runs; it will be on it after later starts as well.
     *
     * @param network its name, its id, or the beginning of an id that only one has
     * @throws EngineException of kind CONFLICT when it is on the network, or has no network of its own; INVALID for
     *     settings that cannot be
     */
    void connect(String network, ConnectRequest request);

    /**
     * Takes a container off a network, at once when it runs.
     *
     * @throws EngineException of kind CONFLICT when it is not on the network
     */
    void disconnect(String network, String container);

    /**
     * Removes the networks that no container belongs to, whether it runs or not.
     *
     * @return their names, in order
     */
    List<String> prune(PruneNetworksRequest request);
}
