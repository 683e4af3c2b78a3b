package dev.jcompose.engine.plan;

import dev.jcompose.model.DependsOn;

/**
 * One thing that the engine does to one resource. Each is idempotent, so that a plan can be carried out again after a
 * crash.
 */
public sealed interface Operation {

    /** The resource it is about, for people: a container's, network's or volume's name. */
    String subject();

    /** Its verb, as the plan prints it: the type's name. */
    default String verb() {
        return getClass().getSimpleName();
    }

    /**
     * Makes the bridge of a network.
     *
     * @param key in the project
     * @param subject the network's name
     */
    record CreateNetwork(String key, String subject) implements Operation {}

    /** Removes a network that no container is attached to. */
    record RemoveNetwork(String subject) implements Operation {}

    /**
     * Makes a named volume.
     *
     * @param key in the project
     * @param subject the volume's name
     */
    record CreateVolume(String key, String subject) implements Operation {}

    /** Removes a volume and its data. */
    record RemoveVolume(String subject) implements Operation {}

    /**
     * Makes a container, without starting it.
     *
     * @param number replica, from 1
     * @param replaces id of the container that it takes the place of, whose anonymous volumes it takes over; empty for
     *     none
     */
    record CreateContainer(String service, int number, String subject, String replaces) implements Operation {}

    /** Starts a container that has been made; for one that runs it does nothing. */
    record StartContainer(String service, String subject) implements Operation {}

    /** Stops a container; for one that does not run it does nothing. */
    record StopContainer(String service, String subject) implements Operation {}

    /**
     * Removes a container that does not run.
     *
     * @param volumes also its anonymous volumes
     */
    record RemoveContainer(String service, String subject, boolean volumes) implements Operation {}

    /**
     * Waits until a service is as its dependants need it.
     *
     * @param required false: if it cannot be, that is a warning and not an error
     */
    record AwaitService(String service, DependsOn.Condition condition, boolean required) implements Operation {
        @Override
        public String subject() {
            return service;
        }
    }
}
