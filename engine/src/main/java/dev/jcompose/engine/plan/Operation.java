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
     * Makes a network.
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

    /** Removes an image, or its name where others have the image too. */
    record RemoveImage(String subject) implements Operation {}

    /**
     * Makes a container, without starting it.
     *
     * @param number replica, from 1
     * @param subject its name; while there is one of that name to be replaced, it is called {@link #temporaryName}
     * @param replaces id of the container that it takes the place of; empty for none
     * @param inherit whether it takes over the anonymous volumes of that one
     */
    record CreateContainer(String service, int number, String subject, String replaces, boolean inherit)
            implements Operation {
        private static final int SHORT_ID = 12;

        /** The name it is made with: after the one that it replaces, as {@code docker compose} does it. */
        public String temporaryName() {
            return replaces.isEmpty() ? subject : temporaryName(replaces, subject);
        }

        /** What the replacement of the container {@code replaced} is called until that is removed. */
        public static String temporaryName(String replaced, String name) {
            return replaced.substring(0, Math.min(SHORT_ID, replaced.length())) + "_" + name;
        }
    }

    /**
     * Gives a container that does not run its final name.
     *
     * @param from the name that it has
     */
    record RenameContainer(String service, String from, String subject) implements Operation {}

    /** Starts a container that has been made; for one that runs it does nothing. */
    record StartContainer(String service, String subject) implements Operation {}

    /** Stops a container; for one that does not run it does nothing. */
    record StopContainer(String service, String subject) implements Operation {}

    /** Sends the command's signal to a container. */
    record KillContainer(String service, String subject) implements Operation {}

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
